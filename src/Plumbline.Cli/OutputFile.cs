using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Cli;

/// <summary>
/// Writes result files: whole or not at all. The one place that writes to the disk: to a new file under a random name beside the target, which then takes the target's name.
/// So nothing is ever written through a link, and nobody else can have prepared the file that is written to.
/// </summary>
internal static class OutputFile
{
    // Nothing else in /dev may be written to.
    private static readonly string[] Streams = ["/dev/stdout", "/dev/stderr", "/dev/null"];

    private const int BufferLength = 64 << 10;

    /// <summary>Writes a file. It appears under its name when it is complete; until then an older one stays.</summary>
    /// <exception cref="InputException">The file cannot be there.</exception>
    /// <exception cref="UnfinishedException">The disk is full, or writing failed otherwise.</exception>
    public static void Write(string path, Action<TextWriter> result)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Streams.Contains(full))
            {
                WriteTo(full, FileMode.Open, result);
            }
            else
            {
                Replace(path, full, result);
            }
        }
        catch (DirectoryNotFoundException)
        {
            throw new InputException($"--output {path}: the folder does not exist.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException($"--output {path}: permission denied.");
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

    private static void Replace(string path, string full, Action<TextWriter> result)
    {
        switch (Path.EndsInDirectorySeparator(full) ? FileKind.Folder : FileStatus.Of(full))
        {
            case FileKind.Folder:
                throw new InputException($"--output {path}: a folder has that name.");
            case FileKind.Link:
                throw new InputException($"--output {path}: it is a symbolic link, which is not written through. Name the file that it leads to.");
            case FileKind.Other:
                throw new InputException($"--output {path}: it is a pipe, a socket or a device. Only files, /dev/stdout, /dev/stderr and /dev/null are written to.");
            default:
                break;
        }

        var written = Path.Combine(Path.GetDirectoryName(full)!, $".plumb-{Path.GetRandomFileName()}.tmp");
        var isMoved = false;
        try
        {
            WriteTo(written, FileMode.CreateNew, result);
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

    private static void WriteTo(string file, FileMode mode, Action<TextWriter> result)
    {
        using var writer = new StreamWriter(new BufferedStream(new Target(file, mode), BufferLength), new UTF8Encoding(false));
        result(writer);
    }

    // To the framework, a length that the system does not allow is a wrong argument, not a failure to write.
    private sealed class Target(string file, FileMode mode) : FileStream(file, new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0 })
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
