using System.Text.Json;
using Plumbline.Cli.Tests;

namespace Plumbline.Hostile.Tests.Batches;

/// <summary>
/// No test of its own: the process of a <see cref="Batch"/>. Most of the time of a run goes by until the runtime has started and compiled the program, so all runs share one
/// process, each through the same entry point as the program's own.
/// </summary>
public sealed class BatchRunner
{
    /// <summary>The variable that names the file of runs.</summary>
    internal const string Variable = "PLUMB_RUNS";

    /// <summary>A file that is not there: that it is asked for shows in the trace where a run begins and ends.</summary>
    internal static string Mark(int run, string side) => $"/plumb-mark/{run}-{side}";

    [Fact(Explicit = true)]
    public void Runs_of_a_file()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(file is null, "only started by another test");
        var runs = JsonSerializer.Deserialize<BatchRun[]>(File.ReadAllText(file))!;
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = Run(runs[i], i);
        }

        File.WriteAllText(file, JsonSerializer.Serialize(runs));
    }

    private static BatchRun Run(BatchRun run, int number)
    {
        var before = run.Variables.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable, StringComparer.Ordinal);
        Directory.SetCurrentDirectory(run.Folder);
        foreach (var (name, value) in run.Variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        Ask(Mark(number, "begin"));
        var result = Plumb.Run(new Surroundings(Variables: run.Variables), run.Arguments);
        Ask(Mark(number, "end"));
        foreach (var (name, value) in before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        return run with { ExitCode = result.ExitCode, Output = result.Output, Error = result.Error };
    }

    private static void Ask(string path) => Assert.Throws<DirectoryNotFoundException>(() => File.OpenHandle(path));
}
