using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Cli;

/// <summary>
/// Writes result files: whole or not at all. The one place that writes to the disk: to a new file under a random name beside the target, which then takes the target's name.
/// So nothing is ever written through a link at the file's own name (the folders on the way may be links), and nobody else can have prepared the file that is written to.
/// </summary>
internal static class OutputFile
{
    // What is no file and may be written to all the same.
    private static readonly string[] Streams = ["/dev/stdout", "/dev/stderr", "/dev/null"];

    private const int BufferLength = 64 << 10;

    // Of owner, group and others; nothing that a program would run as somebody else by.
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;

    /// <summary>Writes a file. It appears under its name when it is complete; until then an older one stays. Of an older one the permissions stay.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">Writes what it holds.</param>
    /// <param name="isNamed">Whether <c>--output</c> names it.</param>
    /// <exception cref="InputException">The file cannot be there.</exception>
    /// <exception cref="UnfinishedException">The disk is full, or writing failed otherwise.</exception>
    public static void Write(string path, Action<TextWriter> result, bool isNamed = true)
    {
        var label = isNamed ? $"--output {path}" : path;
        var full = Path.GetFullPath(path);
        try
        {
            if (Streams.Contains(full))
            {
                WriteTo(full, FileMode.Open, result);
            }
            else
            {
                Replace(label, full, result);
            }
        }
        catch (DirectoryNotFoundException)
        {
            throw new InputException($"{label}: the folder does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException($"{label}: permission denied.");
        }
        catch (IOException exception)
        {
            throw new UnfinishedException($"{path} could not be written: {PlumbProgram.Reason(exception)}");
        }
    }

    /// <summary>Opens a file that the caller's environment names, to write at its end.</summary>
    /// <exception cref="IOException">It is no file, or cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written to.</exception>
    public static StreamWriter Append(string path) => FileStatus.Of(Path.GetFullPath(path)) is FileKind.Regular or FileKind.Missing
        ? new StreamWriter(path, append: true)
        : throw new IOException("it is not a regular file.");

    private static void Replace(string label, string full, Action<TextWriter> result)
    {
        switch (Path.EndsInDirectorySeparator(full) ? FileKind.Folder : FileStatus.Of(full))
        {
            case FileKind.Folder:
                throw new InputException($"{label}: a folder has that name.");
            case FileKind.Link:
                throw new InputException($"{label}: it is a symbolic link, which is not written through. Name the file that it leads to.");
            case FileKind.Other:
                throw new InputException($"{label}: it is a pipe, a socket or a device. Only files, /dev/stdout, /dev/stderr and /dev/null are written to.");
            default:
                break;
        }

        var written = Path.Combine(Path.GetDirectoryName(full)!, $".plumb-{Path.GetRandomFileName()}.tmp");
        var isMoved = false;
        try
        {
            // The new one is at no time open to more people than the old one.
            var permissions = OperatingSystem.IsWindows() || !File.Exists(full) ? (UnixFileMode?)null : File.GetUnixFileMode(full) & Permissions;
            WriteTo(written, FileMode.CreateNew, result, permissions);
            File.Move(written, full, overwrite: true);
            isMoved = true;
        }
        finally
        {
            // Whatever ended the writing, an interrupt too. Of a file that could not be made there is nothing to remove.
            if (!isMoved)
            {
                Remove(written);
            }
        }
    }

    private static void WriteTo(string file, FileMode mode, Action<TextWriter> result, UnixFileMode? permissions = null)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0 };
        if (permissions is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = permissions | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(new BufferedStream(new Target(file, options), BufferLength), new UTF8Encoding(false)))
        {
            result(writer);
        }

        // What the process would take away from a new file (umask) comes back.
        if (permissions is { } exact && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, exact);
        }
    }

    // To the framework, a length that the system does not allow is a wrong argument, not a failure to write.
    private sealed class Target(string file, FileStreamOptions options) : FileStream(file, options)
    {
        public override void Write(byte[] buffer, int offset, int count)
        {
            try
            {
                base.Write(buffer, offset, count);
            }
            catch (ArgumentOutOfRangeException exception)
            {
                throw new IOException(exception.Message, PlumbProgram.FileTooLong);
            }
        }
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why the writing failed is what is reported.
        }
    }
}
