using System.Text.RegularExpressions;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>What a program and the processes that it starts asked the system for: programs, files and connections.</summary>
/// <param name="Result">What the program left.</param>
/// <param name="Calls">The calls, one a line, as strace writes them.</param>
internal sealed partial record Trace(CommandResult Result, IReadOnlyList<string> Calls)
{
    private static readonly Lazy<bool> IsThere = new(() => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "strace"))));

    /// <summary>Runs plumb.</summary>
    public static Trace OfPlumb(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) => Of(Plumb.Program, folder, environment, arguments);

    /// <summary>Runs a program.</summary>
    public static Trace Of(string program, string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        Assert.True(IsThere.Value, "This test needs strace: apt-get install strace");
        var file = Path.GetTempFileName();
        try
        {
            // What strace itself and the tests run in stays as it is.
            string[] variables = [.. (environment ?? new Dictionary<string, string>()).SelectMany(pair => new[] { "-E", $"{pair.Key}={pair.Value}" })];
            var result = Command.Run(
                "strace", ["-f", "-y", "--seccomp-bpf", "-qq", "-s", "4096", "-e", "trace=execve,openat,openat2,connect", "-e", "signal=none", "-o", file, .. variables, program, .. arguments], folder: folder);
            return new Trace(result, File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The calls between two of them.</summary>
    /// <param name="first">Part of the call that they come after.</param>
    /// <param name="last">Part of the call that they come before.</param>
    /// <param name="result">What was left by then.</param>
    /// <exception cref="InvalidOperationException">One of the two was not made.</exception>
    public Trace Between(string first, string last, CommandResult result)
    {
        var calls = Calls.ToList();
        var (from, to) = (calls.FindIndex(call => call.Contains(first, StringComparison.Ordinal)), calls.FindIndex(call => call.Contains(last, StringComparison.Ordinal)));
        return from >= 0 && to > from ? new Trace(result, calls[from..to]) : throw new InvalidOperationException($"Not all of the run between {first} and {last} was seen:\n{Result.Output}\n{Result.Error}");
    }

    /// <summary>The programs that were started, or tried to be.</summary>
    public IEnumerable<string> Started => Calls.Select(call => Execution().Match(call)).Where(match => match.Success).Select(match => match.Groups[1].Value);

    /// <summary>The programs that the first one started, or tried to.</summary>
    public IEnumerable<string> Programs => Started.Skip(1);

    /// <summary>Every call that no repository may bring about: a file of a folder that is opened, a connection.</summary>
    /// <param name="marker">The name of the folder.</param>
    public IEnumerable<string> Touching(string marker) =>
        Calls.Where(call => call.Contains("connect(", StringComparison.Ordinal) || Paths().Matches(call).Any(path => path.Value.Contains(marker, StringComparison.Ordinal)));

    [GeneratedRegex("execve\\(\"([^\"]*)\"")]
    private static partial Regex Execution();

    // The path that is asked for, and the one that was opened.
    [GeneratedRegex("(execve\\(|openat2?\\([^,]*, )\"[^\"]*\"|= \\d+<.*>")]
    private static partial Regex Paths();
}
