namespace Plumbline.Audit.Rules.Naming.Styles;

/// <summary>The convention that names of one kind follow.</summary>
/// <param name="Style">How the names are written.</param>
/// <param name="Following">How many follow it.</param>
/// <param name="Total">How many names there are.</param>
internal sealed record NameConvention(NameStyle Style, int Following, int Total)
{
    private const int Least = 3;

    /// <summary>
    /// The convention of tables: what more than half of them follow; null where there is no such majority. <c>naming/table-name</c> and <c>naming/missing-map</c>
    /// judge by the same convention, so that following one never breaks the other.
    /// </summary>
    public static NameConvention? OfTables(IReadOnlyCollection<string> tables)
    {
        var styles = tables.Select(NameStyles.Of).Where(s => s != NameStyle.Other).CountBy(s => s).ToDictionary();

        // One lower-case word is both; it counts for the one of the two that the longer names follow.
        if (styles.Remove(NameStyle.Lower, out var words))
        {
            var home = styles.GetValueOrDefault(NameStyle.Camel) > styles.GetValueOrDefault(NameStyle.Snake) ? NameStyle.Camel : NameStyle.Snake;
            styles[home] = styles.GetValueOrDefault(home) + words;
        }

        var (style, count) = styles.OrderByDescending(s => s.Value).ThenBy(s => s.Key).FirstOrDefault();
        return count >= Least && count * 2 > tables.Count ? new NameConvention(style, count, tables.Count) : null;
    }

    /// <summary>The convention as a sentence with its period, and behind it how many exceptions another rule reports, so that the numbers add up.</summary>
    /// <param name="reported">How many exceptions the rule itself reports.</param>
    /// <param name="one">What the others are, of one of them: <c>has no @@map</c>.</param>
    /// <param name="many">The same of several.</param>
    public string TextOfTables(int reported, string one, string many) => (Total - Following - reported) switch
    {
        < 1 => $"{Text("tables")}.",
        1 => $"{Text("tables")}. The other exception {one}.",
        var others => $"{Text("tables")}. The other {others} exceptions {many}.",
    };

    /// <summary>The convention as a sentence without a period: <c>9 of 12 tables are named in snake_case</c>.</summary>
    /// <param name="noun">What is named, in the plural.</param>
    public string Text(string noun) => $"{Following} of {Total} {noun} are named in {Style.Name()}";
}
