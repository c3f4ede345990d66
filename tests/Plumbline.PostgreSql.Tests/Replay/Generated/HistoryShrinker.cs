namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <summary>Makes a history on which server and replay part as short as it can be.</summary>
internal static class HistoryShrinker
{
    /// <summary>Leaves out statements as long as the two still part in the same way.</summary>
    public static List<string> Shrink(HistoryRunner runner, IReadOnlyList<string> history, string key)
    {
        var kept = history.ToList();
        for (var size = kept.Count / 2; size > 0; size /= 2)
        {
            for (var start = kept.Count - size; start >= 0; start -= size)
            {
                var shorter = kept.ToList();
                shorter.RemoveRange(start, size);
                if (runner.Run(shorter).Key == key)
                {
                    kept = shorter;
                    start = Math.Min(start, kept.Count);
                }
            }
        }

        return kept;
    }
}
