using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

// Calls of the system are then compiled ahead, and not when they are first made.
[assembly: DisableRuntimeMarshalling]

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Asks the system what lies at a path, with one call and without an exception. The framework does not tell a pipe from a file; its own library does (stat(2) in a form that
/// is the same on every Unix).
/// </summary>
public static partial class FileStatus
{
    private const string Library = "libSystem.Native";
    private const int NoEntry = 2;
    private const int NoFolder = 20;

    // The file type bits of st_mode.
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int RegularType = 0x8000;
    private const int LinkType = 0xA000;
    private const int ExecutableBits = 0b001_001_001;

    /// <summary>What lies at a path; a link is a link.</summary>
    public static FileKind Of(string fullPath) => OperatingSystem.IsWindows() ? OfAttributes(fullPath) : KindOf(LinkStatus(fullPath, out var status), status);

    /// <summary>What lies at a path in a folder whose bytes are not valid UTF-8, so that no text names it; a link is a link.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The bytes of the path.</param>
    internal static FileKind Of(string folder, ReadOnlySpan<byte> path)
    {
        if (OperatingSystem.IsWindows())
        {
            return FileKind.Missing;
        }

        byte[] whole = [.. Encoding.UTF8.GetBytes(folder), (byte)'/', .. path, 0];
        return KindOf(LinkStatus(whole, out var status), status);
    }

    /// <summary>What lies at a path, and its length; a link is a link.</summary>
    internal static FileKind Of(string fullPath, out long length)
    {
        if (OperatingSystem.IsWindows())
        {
            length = new FileInfo(fullPath) is { Exists: true } file ? file.Length : 0;
            return OfAttributes(fullPath);
        }

        var kind = KindOf(LinkStatus(fullPath, out var status), status);
        length = kind == FileKind.Regular ? status.Size : 0;
        return kind;
    }

    /// <summary>What lies at a path, or where the links at it lead.</summary>
    internal static FileKind OfTarget(string fullPath) => OperatingSystem.IsWindows() ? OfAttributes(fullPath) : KindOf(TargetStatus(fullPath, out var status), status);

    /// <summary>What an open file is, and its length.</summary>
    internal static (FileKind Kind, long Length) Of(SafeFileHandle handle) =>
        OperatingSystem.IsWindows() ? (FileKind.Regular, RandomAccess.GetLength(handle)) : (KindOf(HandleStatus(handle, out var status), status), status.Size);

    /// <summary>Whether a path is, or leads to, a regular file that may be run as a program.</summary>
    internal static bool IsProgram(string fullPath) => OperatingSystem.IsWindows()
        ? File.Exists(fullPath)
        : TargetStatus(fullPath, out var status) == 0 && (status.Mode & TypeMask) == RegularType && (status.Mode & ExecutableBits) != 0;

    private static FileKind KindOf(int result, in Status status) => result == 0
        ? (status.Mode & TypeMask) switch
        {
            RegularType => FileKind.Regular,
            FolderType => FileKind.Folder,
            LinkType => FileKind.Link,
            _ => FileKind.Other,
        }
        : Marshal.GetLastPInvokeError() is NoEntry or NoFolder ? FileKind.Missing : FileKind.Unreachable;

    private static FileKind OfAttributes(string fullPath)
    {
        var attributes = new FileInfo(fullPath).Attributes;
        return (int)attributes == -1 ? FileKind.Missing
            : attributes.HasFlag(FileAttributes.ReparsePoint) ? FileKind.Link
            : attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
            : attributes.HasFlag(FileAttributes.Device) ? FileKind.Other
            : FileKind.Regular;
    }

    [LibraryImport(Library, EntryPoint = "SystemNative_LStat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkStatus(string path, out Status status);

    [LibraryImport(Library, EntryPoint = "SystemNative_LStat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LinkStatus(byte[] path, out Status status);

    [LibraryImport(Library, EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TargetStatus(string path, out Status status);

    [LibraryImport(Library, EntryPoint = "SystemNative_FStat", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int HandleStatus(SafeFileHandle handle, out Status status);

    // The library's own form of a status, with room for what it may have more.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(16)]
        public long Size;
    }
}
