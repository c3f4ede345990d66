using System.Diagnostics;
using System.Globalization;

namespace Plumbline.Audit.Tests.Fuzzing;

/// <summary>
/// Tries mutants of texts, one for each seed, for a part of a bounded time: <c>PLUMB_FUZZ_SECONDS</c> in all, 15 where it is not set. <c>PLUMB_FUZZ_SEED</c> is the first
/// seed; a failure names the one that repeats it.
/// </summary>
internal static class Fuzzer
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(20);

    /// <summary>Runs one stage.</summary>
    /// <param name="stages">How many stages share the time.</param>
    /// <param name="exercise">What is done with the mutants of one seed.</param>
    public static void Run(int stages, Action<Mutant> exercise)
    {
        var budget = TimeSpan.FromSeconds((double)Number("PLUMB_FUZZ_SECONDS", 15) / stages);
        var start = Stopwatch.GetTimestamp();
        var seed = Number("PLUMB_FUZZ_SEED", 1);
        do
        {
            Try(seed, exercise);
            seed++;
        }
        while (Stopwatch.GetElapsedTime(start) < budget);
    }

    // On a thread of its own with a small stack, so that a hang and a deep recursion are seen as what they are.
    private static void Try(int seed, Action<Mutant> exercise)
    {
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    exercise(new Mutant(new Random(seed)));
                }
                catch (Exception e)
                {
                    thrown = e;
                }
            },
            maxStackSize: 1 << 20);
        thread.IsBackground = true;
        thread.Start();
        Assert.True(thread.Join(Hang), $"PLUMB_FUZZ_SEED={seed} does not end.");
        Assert.True(thrown is null, $"PLUMB_FUZZ_SEED={seed} throws: {thrown}");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}

/// <summary>The choices of one seed.</summary>
/// <param name="random">Their source.</param>
internal sealed class Mutant(Random random)
{
    /// <summary>A number from 0 up to a limit.</summary>
    public int Next(int limit) => random.Next(limit);

    /// <summary>One of some texts, mutated.</summary>
    public string Of(IReadOnlyList<string> texts) => Of(texts[Next(texts.Count)], texts);

    /// <summary>A text, mutated with pieces of others.</summary>
    public string Of(string text, IReadOnlyList<string> others) => new Mutation(random, others).Apply(text);
}
