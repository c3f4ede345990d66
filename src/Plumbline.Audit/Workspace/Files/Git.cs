using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>Asks git about a repository. Nothing that a repository configures (hooks, monitors, filters) is run.</summary>
internal static class Git
{
    private const string RepositoryEntry = ".git";

    /// <summary>What a git command printed.</summary>
    /// <param name="ExitCode">Its exit code.</param>
    /// <param name="Output">What it wrote to stdout.</param>
    /// <param name="Error">What it wrote to stderr.</param>
    public sealed record Answer(int ExitCode, byte[] Output, string Error);

    /// <summary>The repository that a folder lies in: the nearest folder from it upwards that holds <c>.git</c>; null where none does.</summary>
    public static string? FindRepository(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, RepositoryEntry)))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Whether a folder is the root of a repository.</summary>
    public static bool IsRepository(string folder) => Path.Exists(Path.Combine(folder, RepositoryEntry));

    /// <summary>Runs git in a folder; null where there is no git.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="input">What it reads from its stdin; null for nothing.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Answer? Run(string folder, string? input, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // Inside a hook these name the repository of the hook, which need not be the one that is looked at.
        foreach (var name in (ReadOnlySpan<string>)["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"])
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        foreach (var argument in (ReadOnlySpan<string>)["-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            // Git answers while it reads, so both must go on at once.
            var writing = Task.CompletedTask;
            if (input is null)
            {
                process.StandardInput.Close();
            }
            else
            {
                writing = Task.Run(() =>
                {
                    process.StandardInput.Write(input);
                    process.StandardInput.Close();
                });
            }

            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);

            // What git complains about is short: it waits in the pipe until now.
            var error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            writing.GetAwaiter().GetResult();
            return new Answer(process.ExitCode, output.ToArray(), error);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return null;
        }
    }
}
