using System.Text.Json;

namespace Plumbline.Hostile.Tests.Batches;

/// <summary>Runs plumb many times in one process that is not this one: traced, or as somebody else.</summary>
internal static class Batch
{
    /// <summary>Starts that process.</summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">What to set in its environment.</param>
    /// <param name="arguments">Its arguments.</param>
    public delegate void Start(string program, IReadOnlyDictionary<string, string> environment, params string[] arguments);

    /// <summary>Runs plumb.</summary>
    /// <param name="runs">What each run gets.</param>
    /// <param name="start">Starts the process.</param>
    /// <returns>The runs with what they left.</returns>
    public static IReadOnlyList<BatchRun> Run(IReadOnlyList<BatchRun> runs, Start start)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, JsonSerializer.Serialize(runs));
            File.SetUnixFileMode(file, (UnixFileMode)0x1B6);
            start(
                Environment.ProcessPath!, new Dictionary<string, string> { [BatchRunner.Variable] = file },
                "-noLogo", "-noColor", "-explicit", "only", "-class", typeof(BatchRunner).FullName!);
            return JsonSerializer.Deserialize<List<BatchRun>>(File.ReadAllText(file))!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
