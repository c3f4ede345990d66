namespace Plumbline.Audit.Configuration;

/// <summary>Finds the name that someone probably meant.</summary>
public static class NearestName
{
    /// <summary>The nearest of some names to what was written; null where none is near enough to be meant.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        string? nearest = null;

        // A third of the letters may be wrong: enough for slips of the fingers, too little for another word.
        var best = Math.Max(2, written.Length / 3) + 1;
        foreach (var name in names)
        {
            // The part behind the slash alone is a common way to name a rule.
            var distance = Math.Min(Distance(written, name, best), name.EndsWith("/" + written, StringComparison.OrdinalIgnoreCase) ? 1 : best);
            if (distance < best)
            {
                (best, nearest) = (distance, name);
            }
        }

        return nearest;
    }

    /// <summary>A sentence that proposes the nearest name, with a blank before it; empty where none is near enough.</summary>
    public static string Hint(string written, IEnumerable<string> names) => Of(written, names) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    // Optimal string alignment: insert, drop, replace, swap of neighbours; letters in either case are the same.
    private static int Distance(string left, string right, int limit)
    {
        if (Math.Abs(left.Length - right.Length) >= limit || left.Length > 200)
        {
            return limit;
        }

        var before = new int[right.Length + 1];
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            previous[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = Same(left[i - 1], right[j - 1]) ? 0 : 1;
                var value = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    value = Math.Min(value, before[j - 2] + 1);
                }

                current[j] = value;
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
