using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>
/// Asks git about a repository: the one place that starts a process. Git gets a closed set of arguments and environment: nothing of the caller's environment, of the system or
/// of the user is read, and nothing that a repository configures (hooks, monitors, filters, transports) is run. Only a repository that was looked at
/// (<see cref="GitRepository"/>) is asked about. Time and output are bounded.
/// </summary>
internal static class Git
{
    private const string RepositoryEntry = ".git";
    private const string Nowhere = "/dev/null";
    private const int LongestMessage = 16 << 10;

    /// <summary>Why git is ended that answers with more.</summary>
    public static readonly string TooLong = string.Create(CultureInfo.InvariantCulture, $"git's answer is longer than {ReadingBudget.GitAnswerLength >> 20} MiB");

    // What a repository's configuration could otherwise set. Later values count, and those of the command line come last.
    private static readonly string[] Settings =
    [
        "safe.bareRepository=explicit", "core.fsmonitor=false", "core.untrackedCache=false", "core.quotePath=false", "core.hooksPath=/dev/null", "core.attributesFile=/dev/null",
        "core.commitGraph=false", "core.multiPackIndex=false", "core.bigFileThreshold=16m", "core.alternateRefsCommand=", "core.sshCommand=", "core.gitProxy=", "core.askPass=",
        "core.pager=", "credential.helper=", "diff.external=", "protocol.allow=never", "submodule.recurse=false", "fetch.recurseSubmodules=false",
    ];

    private static readonly (string Name, string Value)[] Variables =
    [
        ("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", ""), ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_LITERAL_PATHSPECS", "1"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_SYSTEM", Nowhere), ("GIT_CONFIG_GLOBAL", Nowhere), ("GIT_ATTR_NOSYSTEM", "1"),
    ];

    /// <summary>What a git command printed.</summary>
    /// <param name="ExitCode">Its exit code; null where it did not end by itself.</param>
    /// <param name="Output">What it wrote to stdout.</param>
    /// <param name="Error">What it wrote to stderr, or why it was ended.</param>
    public sealed record Answer(int? ExitCode, byte[] Output, string Error);

    /// <summary>The repository that a folder lies in: the nearest folder from it upwards that holds <c>.git</c>; null where none does.</summary>
    public static string? FindRepository(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (IsRepository(current))
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Whether a folder is the root of a repository.</summary>
    public static bool IsRepository(string folder) => FileStatus.Of(Path.Combine(folder, RepositoryEntry)) is not (FileKind.Missing or FileKind.Unreachable);

    /// <summary>Whether a tree holds the caller's home folder, so that what is in it is the caller's own.</summary>
    /// <param name="tree">Full path of the tree, without links.</param>
    public static bool HoldsHome(string tree)
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return RealPath.Of(folder.Length > 0 ? folder : Path.GetPathRoot(tree)!) is { } home && RealPath.IsWithin(home, tree);
    }

    /// <summary>Runs git; null where there is no git.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">The folder of it to run in.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Answer? Run(GitRepository repository, string folder, params ReadOnlySpan<string> arguments)
    {
        using var output = new MemoryStream();
        return Run(repository, folder, new GitTalk(Into(output)), arguments) is var (exitCode, error) ? new Answer(exitCode, output.ToArray(), error) : null;
    }

    /// <summary>Reads an answer as a whole.</summary>
    /// <param name="output">Receives it.</param>
    public static Func<Stream, string?> Into(MemoryStream output) => stream => TryCopy(stream, output) ? null : TooLong;

    /// <summary>Runs git, and reads its answer while it comes; null where there is no git.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="folder">The folder of it to run in.</param>
    /// <param name="talk">What it is given, what is done with its answer, and how long it may take.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The exit code, null where it did not end by itself; and what it wrote to stderr, or why it was ended.</returns>
    public static (int? ExitCode, string Error)? Run(GitRepository repository, string folder, GitTalk talk, params ReadOnlySpan<string> arguments)
    {
        if (ProgramOutside(repository.Root) is not { } program)
        {
            return null;
        }

        try
        {
            using var process = Process.Start(StartOf(program, repository, folder, arguments));
            return process is null ? null : Talk(process, talk);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return null;
        }
    }

    private static (int? ExitCode, string Error) Talk(Process process, GitTalk talk)
    {
        // The first reason counts: what comes after it comes from the end.
        string? ended = null;
        using var deadline = new Timer(
            _ => EndBecause(string.Create(CultureInfo.InvariantCulture, $"git did not answer within {talk.Patience.TotalSeconds} seconds")), null, talk.Patience, Timeout.InfiniteTimeSpan);

        // Git answers while it reads, and complains while it answers: all of that must go on at once, and not wait until a thread of the pool is free.
        var message = "";
        var complaints = new Thread(() => message = ReadMessage(process.StandardError.BaseStream, EndBecause), 128 << 10) { IsBackground = true };
        complaints.Start();
        var writing = talk.Input is null ? null : new Thread(() => Write(process.StandardInput, talk.Input), 128 << 10) { IsBackground = true };
        writing?.Start();
        if (writing is null)
        {
            process.StandardInput.Close();
        }

        if (Read() is { } problem)
        {
            EndBecause(problem);
        }

        complaints.Join();
        process.WaitForExit();
        writing?.Join();
        return ended is null ? (process.ExitCode, message) : (null, ended);

        string? Read()
        {
            try
            {
                return talk.Read(process.StandardOutput.BaseStream);
            }
            catch (IOException)
            {
                return "git's answer ended in the middle";
            }
        }

        void EndBecause(string why)
        {
            if (Interlocked.CompareExchange(ref ended, why, null) is null)
            {
                End(process);
            }
        }
    }

    private static ProcessStartInfo StartOf(string program, GitRepository repository, string folder, ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        // Git needs no other program for what it is asked. Some systems start it by a script that does; where objects may be missing, nothing may be found to fetch them with.
        start.Environment["PATH"] = repository.IsPartial ? Nowhere : string.Join(Path.PathSeparator, FoldersOutside(repository.Root));
        if (repository.IsPartial)
        {
            start.Environment["GIT_EXEC_PATH"] = Nowhere;
        }

        start.ArgumentList.Add("--git-dir=" + repository.Folder);
        start.ArgumentList.Add("--work-tree=" + repository.Root);
        start.ArgumentList.Add("--no-pager");
        foreach (var setting in Settings)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("core.excludesFile=" + (repository.ExcludesFile ?? Nowhere));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // A program of that name in the repository, or wherever the caller happens to stand, is not git.
    private static string? ProgramOutside(string repository)
    {
        var name = OperatingSystem.IsWindows() ? "git.exe" : "git";
        var trees = TreesAround(repository);
        return FoldersOfPath().Select(folder => Path.Combine(folder, name)).FirstOrDefault(program => FileStatus.IsProgram(program) && IsOutside(program, trees));
    }

    private static IEnumerable<string> FoldersOutside(string repository)
    {
        var trees = TreesAround(repository);
        return FoldersOfPath().Where(folder => IsOutside(folder, trees));
    }

    private static IEnumerable<string> FoldersOfPath()
    {
        var current = Directory.GetCurrentDirectory();
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(folder => Path.IsPathFullyQualified(folder))
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Where(folder => folder != current);
    }

    // Wherever links lead: no step of the way may lie in one of the trees.
    private static bool IsOutside(string path, List<string> trees) => RealPath.Of(path, step => trees.Exists(tree => RealPath.IsWithin(step, tree))) is not null;

    // The repository, the current directory, and the repositories around both: "npm run" puts node_modules/.bin of each folder around into PATH. What the home folder lies in is the
    // caller's own, and may hold the caller's own programs.
    private static List<string> TreesAround(string repository)
    {
        var current = Directory.GetCurrentDirectory();
        var trees = new List<string> { RealPath.Of(repository) ?? repository };
        foreach (var place in (string[])[repository, trees[0], current])
        {
            for (var around = FindRepository(place); around is not null; around = Path.GetDirectoryName(around) is { } above ? FindRepository(above) : null)
            {
                Add(around);
            }
        }

        Add(current);
        return trees;

        void Add(string tree)
        {
            if (RealPath.Of(tree) is { } real && !HoldsHome(real) && !trees.Contains(real))
            {
                trees.Add(real);
            }
        }
    }

    private static bool TryCopy(Stream from, MemoryStream to)
    {
        var buffer = new byte[64 << 10];
        while (from.Read(buffer) is var count and > 0)
        {
            if (to.Length + count > ReadingBudget.GitAnswerLength)
            {
                return false;
            }

            to.Write(buffer, 0, count);
        }

        return true;
    }

    // All is read, so that git never waits; the beginning is kept.
    private static string ReadMessage(Stream stream, Action<string> end)
    {
        var total = 0L;
        var message = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (stream.Read(buffer) is var count and > 0)
            {
                message.Write(buffer, 0, (int)Math.Min(count, LongestMessage - message.Length));
                if ((total += count) > ReadingBudget.GitAnswerLength)
                {
                    end(TooLong);
                }
            }
        }
        catch (IOException)
        {
            // Git was ended.
        }

        return Encoding.UTF8.GetString(message.ToArray()).Trim();
    }

    private static void Write(StreamWriter writer, string input)
    {
        try
        {
            writer.Write(input);
            writer.Close();
        }
        catch (IOException)
        {
            // Git ended without reading all of it; its exit code tells.
        }
    }

    private static void End(Process process)
    {
        try
        {
            // Where a script starts git, git itself would go on, and its pipes would stay open.
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in the meantime.
        }
    }
}
