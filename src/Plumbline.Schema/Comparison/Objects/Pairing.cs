namespace Plumbline.Schema.Comparison.Objects;

/// <summary>The objects of two lists, brought together by a key.</summary>
/// <typeparam name="T">What is paired.</typeparam>
/// <param name="Pairs">What both lists have, in the order of the first.</param>
/// <param name="OnlyFrom">What only the first has, in its order.</param>
/// <param name="OnlyTo">What only the second has, in its order.</param>
internal sealed record Pairing<T>(List<(T From, T To)> Pairs, List<T> OnlyFrom, List<T> OnlyTo)
    where T : class
{
    /// <summary>Pairs what has equal keys; where a list has a key twice, each is paired once.</summary>
    internal static Pairing<T> By<TKey>(IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, TKey> keyOfFrom, Func<T, TKey> keyOfTo)
        where TKey : notnull
    {
        // Two lists mostly begin alike: only what follows has to be looked up.
        var pairs = new List<(T, T)>(from.Count);
        while (pairs.Count < from.Count && pairs.Count < to.Count &&
            EqualityComparer<TKey>.Default.Equals(keyOfFrom(from[pairs.Count]), keyOfTo(to[pairs.Count])))
        {
            pairs.Add((from[pairs.Count], to[pairs.Count]));
        }

        var alike = pairs.Count;
        if (alike == from.Count && alike == to.Count)
        {
            return new Pairing<T>(pairs, [], []);
        }

        // Of each key the first that is not taken yet, and behind each the next of its key; -1 for none.
        var onlyFrom = new List<T>();
        var first = new Dictionary<TKey, int>(to.Count - alike);
        var next = new int[to.Count];
        for (var i = to.Count - 1; i >= alike; i--)
        {
            var key = keyOfTo(to[i]);
            next[i] = first.GetValueOrDefault(key, -1);
            first[key] = i;
        }

        var taken = new bool[to.Count];
        foreach (var item in from.Skip(alike))
        {
            var key = keyOfFrom(item);
            if (first.GetValueOrDefault(key, -1) is var index and >= 0)
            {
                first[key] = next[index];
                taken[index] = true;
                pairs.Add((item, to[index]));
            }
            else
            {
                onlyFrom.Add(item);
            }
        }

        return new Pairing<T>(pairs, onlyFrom, [.. to.Where((_, i) => i >= alike && !taken[i])]);
    }

    /// <summary>Pairs what has equal keys.</summary>
    internal static Pairing<T> By<TKey>(IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, TKey> key)
        where TKey : notnull => By(from, to, key, key);
}
