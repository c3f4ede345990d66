namespace Plumbline.Audit;

/// <summary>Reads many files at once.</summary>
internal static class FileReading
{
    // Fewer files are read sooner than a thread has started.
    private const int FilesOfWorker = 16;

    /// <summary>Reads the files, so that their texts are there when they are asked for.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static void ReadAll(IReadOnlyList<WorkspaceFile> files, CancellationToken cancellation)
    {
        var next = -1;
        var workers = new Task[Math.Min(Environment.ProcessorCount - 1, files.Count / FilesOfWorker)];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(ReadRest, cancellation);
        }

        ReadRest();
        foreach (var worker in workers)
        {
            worker.GetAwaiter().GetResult();
        }

        void ReadRest()
        {
            for (var i = Interlocked.Increment(ref next); i < files.Count; i = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                _ = files[i].Text;
            }
        }
    }
}
