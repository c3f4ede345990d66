namespace Plumbline.Schema;

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
        var pairs = new List<(T, T)>(from.Count);
        var onlyFrom = new List<T>();
        var waiting = new Dictionary<TKey, Queue<int>>(to.Count);
        for (var i = 0; i < to.Count; i++)
        {
            var key = keyOfTo(to[i]);
            if (!waiting.TryGetValue(key, out var queue))
            {
                waiting[key] = queue = new Queue<int>(1);
            }

            queue.Enqueue(i);
        }

        var taken = new bool[to.Count];
        foreach (var item in from)
        {
            if (waiting.TryGetValue(keyOfFrom(item), out var queue) && queue.TryDequeue(out var index))
            {
                taken[index] = true;
                pairs.Add((item, to[index]));
            }
            else
            {
                onlyFrom.Add(item);
            }
        }

        return new Pairing<T>(pairs, onlyFrom, [.. to.Where((_, i) => !taken[i])]);
    }

    /// <summary>Pairs what has equal keys.</summary>
    internal static Pairing<T> By<TKey>(IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, TKey> key)
        where TKey : notnull => By(from, to, key, key);
}
