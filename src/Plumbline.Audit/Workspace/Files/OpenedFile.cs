using Microsoft.Win32.SafeHandles;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>A regular file that was opened, or what lies in its place.</summary>
/// <param name="Handle">The file; null where it could not be opened or is none.</param>
/// <param name="Kind">What lies at the path.</param>
/// <param name="Length">The length of the file in bytes.</param>
internal readonly record struct OpenedFile(SafeFileHandle? Handle, FileKind Kind, long Length) : IDisposable
{
    /// <summary>Closes the file.</summary>
    public void Dispose() => Handle?.Dispose();
}
