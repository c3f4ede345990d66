using Plumbline.Schema.Concurrency;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Reads many files at once.</summary>
internal static class FileReading
{
    // Fewer files are read sooner than a thread has started.
    private const int FilesOfWorker = 16;

    /// <summary>Reads the files, so that their texts are there when they are asked for.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static void ReadAll(IReadOnlyList<WorkspaceFile> files, CancellationToken cancellation)
    {
        Workers.Run(files.Count, FilesOfWorker, i => _ = files[i].Text, cancellation);
    }
}
