using System.Globalization;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.History;

/// <summary>What a change of a column's type does to the rows. PostgreSQL documentation, "ALTER TABLE", Notes; <c>ATColumnChangeRequiresRewrite</c>.</summary>
internal static class TypeChange
{
    /// <summary>Whether the values have to be converted or checked one by one; else only the catalog changes.</summary>
    public static bool Rewrites(ColumnType before, ColumnType after)
    {
        if (before.IsArray || after.IsArray || before.Schema is not null || after.Schema is not null)
            return before != after;

        return (before.Name, after.Name) switch
        {
            // text and varchar are stored alike; a length is only a check.
            ("text" or "character varying", "text") => false,
            ("text" or "character varying", "character varying") => after.Modifiers is not null && !Fits(before.Modifiers, after.Modifiers),
            ("cidr", "inet") or ("xml", "text") or ("xml", "character varying") => after.Modifiers is not null,
            var (from, to) when from != to => true,
            ("numeric", _) => after.Modifiers is not null && !FitsNumeric(before.Modifiers, after.Modifiers),
            ("bit varying" or "timestamp without time zone" or "timestamp with time zone" or "time without time zone" or "time with time zone", _) =>
                after.Modifiers is not null && !(Fits(before.Modifiers, after.Modifiers) || (before.Name[0] == 't' && after.Modifiers == "6")),
            _ => before.Modifiers != after.Modifiers,
        };
    }

    private static bool Fits(string? before, string after) => before is not null && Number(before) <= Number(after);

    // precision,scale: the scale stays, and the precision may grow.
    private static bool FitsNumeric(string? before, string after)
    {
        var (from, to) = ((before ?? "").Split(','), after.Split(','));
        return before is not null && Number(from[0]) <= Number(to[0]) && (from.Length > 1 ? from[1] : "0") == (to.Length > 1 ? to[1] : "0");
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
