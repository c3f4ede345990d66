using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>Finds the name that someone probably meant.</summary>
public static class NearestName
{
    // No name is so long, and comparing takes time in the square of it.
    private const int LongestName = 200;

    /// <summary>The nearest of some names to what was written; null where none is near enough to be meant.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;

        // A third of the letters may be wrong: enough for slips of the fingers, too little for another word.
        var best = Math.Max(2, written.Length / 3) + 1;
        foreach (var name in names)
        {
            // The part behind the slash alone is a common way to name a rule.
            var distance = Math.Min(written.Length > LongestName ? best : EditDistance.Of(written, name, best - 1, swapsNeighbors: true), name.EndsWith("/" + written, StringComparison.OrdinalIgnoreCase) ? 1 : best);
            if (distance < best)
            {
                (best, nearest) = (distance, name);
            }
        }

        return nearest;
    }

    /// <summary>A sentence that proposes the nearest name, with a blank before it; empty where none is near enough.</summary>
    public static string Hint(string written, IEnumerable<string> names) => Of(written, names) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
}
