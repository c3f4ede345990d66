using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Opens files to read them, and only regular files: the one place where files of a repository are opened. A pipe is never waited for (open(2), O_NONBLOCK), and what was
/// opened is looked at before anything is read from it, so that it cannot be exchanged in between.
/// </summary>
internal static partial class RegularFile
{
    // Before Linux 5.6, or where a container does not allow the call.
    private static bool _cannotRefuse = !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64);

    /// <summary>Opens a file.</summary>
    /// <param name="fullPath">Its full path.</param>
    /// <param name="links">Which links are followed.</param>
    /// <returns>The file and its length; what else lies there, without a file.</returns>
    public static OpenedFile Open(string fullPath, LinkRule links)
    {
        var (file, kind) = OperatingSystem.IsWindows() ? OpenOnWindows(fullPath) : OpenOnUnix(fullPath, links);
        if (file is null)
        {
            return new OpenedFile(null, kind, 0);
        }

        var (found, length) = FileStatus.Of(file);
        if (found == FileKind.Regular)
        {
            return new OpenedFile(file, found, length);
        }

        file.Dispose();
        return new OpenedFile(null, found, 0);
    }

    /// <summary>Reads a file of git's own or of the same kind: a regular file under its own name; null where there is none, it is longer, or it cannot be read.</summary>
    /// <param name="fullPath">Its full path.</param>
    /// <param name="maximumLength">The length of the longest file that is read.</param>
    public static byte[]? ReadOwn(string fullPath, int maximumLength) => ReadOwn(fullPath, maximumLength, out _);

    /// <summary>The same, with the reason why there is nothing.</summary>
    /// <param name="fullPath">Its full path.</param>
    /// <param name="maximumLength">The length of the longest file that is read.</param>
    /// <param name="isTooLong">Whether it is there and longer.</param>
    public static byte[]? ReadOwn(string fullPath, int maximumLength, out bool isTooLong)
    {
        using var opened = Open(fullPath, LinkRule.NotAtTheEnd);
        isTooLong = opened.Handle is not null && opened.Length > maximumLength;
        return opened.Handle is not null && !isTooLong && TryRead(opened, out var bytes) ? bytes : null;
    }

    /// <summary>Reads all of an opened file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(OpenedFile opened)
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)opened.Length);
        var read = 0;
        while (read < bytes.Length)
        {
            var count = RandomAccess.Read(opened.Handle!, bytes.AsSpan(read), read);
            if (count == 0)
            {
                return bytes[..read];
            }

            read += count;
        }

        return bytes;
    }

    private static bool TryRead(OpenedFile opened, out byte[] bytes)
    {
        try
        {
            bytes = Read(opened);
            return true;
        }
        catch (IOException)
        {
            bytes = [];
            return false;
        }
    }

    private static (SafeFileHandle? File, FileKind Kind) OpenOnWindows(string fullPath)
    {
        try
        {
            return (File.OpenHandle(fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), FileKind.Regular);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return (null, Directory.Exists(fullPath) ? FileKind.Folder : File.Exists(fullPath) ? FileKind.Unreachable : FileKind.Missing);
        }
    }

    private static (SafeFileHandle? File, FileKind Kind) OpenOnUnix(string fullPath, LinkRule links)
    {
        const int interrupted = 4;
        for (; ; )
        {
            var descriptor = links == LinkRule.Nowhere ? OpenWithoutLinks(fullPath) : OpenDescriptor(fullPath, Flags.Read | (links == LinkRule.Followed ? 0 : Flags.NoFollow));
            if (descriptor >= 0)
            {
                return (new SafeFileHandle(descriptor, ownsHandle: true), FileKind.Regular);
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Flags.IsLink && links != LinkRule.Followed)
            {
                return (null, FileKind.Link);
            }

            if (error != interrupted)
            {
                // What lies there says why: a socket, a folder that may not be entered.
                var kind = links == LinkRule.Followed ? FileStatus.OfTarget(fullPath) : FileStatus.Of(fullPath);
                return (null, kind is FileKind.Regular or FileKind.Folder ? FileKind.Unreachable : kind);
            }
        }
    }

    // A folder of the path that was looked at may have become a link since. Where the system cannot refuse that, the end of the path alone is refused.
    private static int OpenWithoutLinks(string fullPath)
    {
        const int openat2 = 437, here = -100, size = 24, noSymbolicLinks = 4, notPermitted = 1, unknown = 38;
        if (!_cannotRefuse)
        {
            var descriptor = (int)CallSystem(openat2, here, fullPath, new HowToOpen { Flags = (ulong)Flags.Read, Resolve = noSymbolicLinks }, size);
            if (descriptor >= 0 || Marshal.GetLastPInvokeError() is not (notPermitted or unknown))
            {
                return descriptor;
            }

            _cannotRefuse = true;
        }

        return OpenDescriptor(fullPath, Flags.Read | Flags.NoFollow);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenDescriptor(string path, int flags);

    // openat2(2) has no function of its own in the system's library.
    [LibraryImport("libc", EntryPoint = "syscall", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint CallSystem(nint number, nint folder, string path, in HowToOpen how, nint size);

    // struct open_how.
    private struct HowToOpen
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    // fcntl.h and errno.h of the systems that differ: O_CLOEXEC, O_NONBLOCK, O_NOCTTY; O_NOFOLLOW; ELOOP.
    private static class Flags
    {
        public static readonly int Read = OperatingSystem.IsMacOS() ? 0x1000000 | 0x4 | 0x20000 : 0x80000 | 0x800 | 0x100;

        public static readonly int NoFollow = OperatingSystem.IsMacOS() ? 0x100 : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

        public static readonly int IsLink = OperatingSystem.IsMacOS() ? 62 : 40;
    }
}
