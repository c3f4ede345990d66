using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>A table of values: a catalog as the replay knows it, or what a query gives.</summary>
/// <param name="Columns">Names of its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record CatalogTable(ImmutableArray<string> Columns, IReadOnlyList<PlValue?[]> Rows)
{
    /// <summary>Whether it has columns that are not followed, so that asking for one is no error but unknown.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The rows of a catalog.</summary>
    /// <param name="columns">Names of its columns, with blanks between them.</param>
    /// <param name="rows">Its rows, each with a value for every column: a text, a number, a boolean, or a value.</param>
    public static CatalogTable Of(string columns, IEnumerable<object?[]> rows) =>
        new([.. columns.Split(' ', StringSplitOptions.RemoveEmptyEntries)], [.. rows.Select(row => Array.ConvertAll(row, Value))]) { IsPartial = true };

    private static PlValue? Value(object? value) => value switch
    {
        null => null,
        PlValue v => v,
        string text => new TextValue(text),
        char c => new TextValue(c == '\0' ? "" : c.ToString()),
        bool b => BooleanValue.Of(b),
        uint oid => new OidValue(oid, "oid"),
        int n => new NumberValue(n),
        short n => new NumberValue(n),
        long n => new NumberValue(n),
        IEnumerable<string> texts => new ArrayValue([.. texts.Select(t => (PlValue?)new TextValue(t))]),
        IEnumerable<short> numbers => new ArrayValue([.. numbers.Select(n => (PlValue?)new NumberValue(n))]),
        IEnumerable<uint> oids => new ArrayValue([.. oids.Select(n => (PlValue?)new OidValue(n, "oid"))]),
        _ => throw new ArgumentException("A catalog has no such values.", nameof(value)),
    };
}
