using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Plumbline.Testing;

/// <summary>
/// How properties are checked: over the same generated values on every machine, so that whether a commit passes is no matter of luck.
/// <c>PLUMB_SEED</c> asks for other values, and a failure of theirs becomes a test of its own.
/// </summary>
public static class GeneratedValues
{
    /// <summary>What FsCheck is told.</summary>
    /// <param name="count">How many values are tried.</param>
    public static Config Config(int count = 100)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("PLUMB_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1;

        // The second number of a generator of random numbers has to be odd.
        var start = new Replay(new Rnd(seed, (seed << 1) | 0x9E37_79B9_7F4A_7C15), FSharpOption<int>.None);
        return FsCheck.Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(start));
    }
}
