using System.Text;
using Plumbline.Audit.Configuration;

namespace Plumbline.Cli;

/// <summary>Writes result files: whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file. It appears under its name when it is complete; until then an older one stays.</summary>
    /// <exception cref="InputException">The file cannot be there.</exception>
    /// <exception cref="UnfinishedException">The disk is full, or writing failed otherwise.</exception>
    public static void Write(string path, Action<TextWriter> result)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new InputException($"--output {path}: a folder has that name.");
        }

        // Devices and pipes cannot be replaced by another file.
        var isOrdinary = !File.Exists(full) ||
            (File.GetAttributes(full) & (FileAttributes.Device | FileAttributes.ReparsePoint)) == 0 && new FileInfo(full).LinkTarget is null &&
                !full.StartsWith("/dev/", StringComparison.Ordinal);
        var target = isOrdinary ? full + ".part" : full;
        try
        {
            using (var writer = new StreamWriter(
                target, new UTF8Encoding(false), new FileStreamOptions { Mode = isOrdinary ? FileMode.Create : FileMode.Open, Access = FileAccess.Write }))
            {
                result(writer);
            }

            if (isOrdinary)
            {
                File.Move(target, full, overwrite: true);
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
            if (isOrdinary)
            {
                File.Delete(target);
            }

            throw new UnfinishedException($"{path} could not be written: {PlumbProgram.Reason(exception)}");
        }
    }
}
