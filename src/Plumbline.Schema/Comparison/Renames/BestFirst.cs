namespace Plumbline.Schema.Comparison.Renames;

/// <summary>Chooses among candidates for renames.</summary>
internal static class BestFirst
{
    /// <summary>Takes the likeliest pairs, each object at most once; of equals the first.</summary>
    internal static List<(T From, T To, double Confidence)> Assign<T>(List<(T From, T To, double Confidence)> candidates)
        where T : class
    {
        var usedFrom = new HashSet<T>(ReferenceEqualityComparer.Instance);
        var usedTo = new HashSet<T>(ReferenceEqualityComparer.Instance);
        var chosen = new List<(T, T, double)>();
        foreach (var (from, to, confidence) in candidates.OrderByDescending(c => c.Confidence))
        {
            if (!usedFrom.Contains(from) && !usedTo.Contains(to))
            {
                usedFrom.Add(from);
                usedTo.Add(to);
                chosen.Add((from, to, Math.Round(confidence, 2)));
            }
        }

        return chosen;
    }
}
