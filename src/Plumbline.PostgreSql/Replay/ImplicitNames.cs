using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay;

/// <summary>The names that PostgreSQL gives to what a statement leaves without one.</summary>
internal static class ImplicitNames
{
    /// <summary>Bytes that a name may have (<c>NAMEDATALEN</c> less one).</summary>
    public const int MaxBytes = 63;

    /// <summary>A free name for a relation (<c>ChooseRelationName</c>).</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">Where it is to live.</param>
    /// <param name="first">The table's name.</param>
    /// <param name="second">The columns' names; else null.</param>
    /// <param name="label">What it is: <c>key</c>, <c>idx</c> …</param>
    /// <param name="isConstraint">Whether constraints may not have the name either.</param>
    public static string ForRelation(Database database, NamespaceObject schema, string first, string? second, string label, bool isConstraint)
    {
        return Free(database, schema, first, second, label, null,
            name => database.FindRelation(schema, name) is not null || (isConstraint && database.HasConstraintName(schema, name)));
    }

    /// <summary>A free name for a constraint (<c>ChooseConstraintName</c>).</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">The schema of its table.</param>
    /// <param name="first">The table's name.</param>
    /// <param name="second">The columns' names; else null.</param>
    /// <param name="label">What it is: <c>check</c>, <c>fkey</c> …</param>
    /// <param name="taken">Names that the same statement uses.</param>
    public static string ForConstraint(Database database, NamespaceObject schema, string first, string? second, string label, ICollection<string> taken)
    {
        return Free(database, schema, first, second, label, taken.Count > 0 ? taken : null, name => taken.Contains(name) || database.HasConstraintName(schema, name));
    }

    private static string Free(Database database, NamespaceObject schema, string first, string? second, string label, object? statement, Predicate<string> isTaken)
    {
        var unnumbered = Join(first, second, label);
        var name = unnumbered;
        var pass = database.NameStarts.Of(schema, unnumbered, statement);
        if (pass > 0)
        {
            name = Join(first, second, Numbered(label, pass));
        }

        while (isTaken(name))
        {
            name = Join(first, second, Numbered(label, ++pass));
        }

        database.NameStarts.Note(schema, unnumbered, statement, pass);
        return name;
    }

    /// <summary>A free name for the array over a type (<c>makeArrayTypeName</c>).</summary>
    public static string ForArray(Database database, NamespaceObject schema, string type)
    {
        var name = Join("", type, null);
        for (var pass = 1; database.FindOwnType(schema, name) is not null; pass++)
        {
            name = Join("", type, pass.ToString(CultureInfo.InvariantCulture));
        }

        return name;
    }

    /// <summary>The name of a range's multirange type (<c>makeMultirangeTypeName</c>).</summary>
    public static string ForMultirange(string range)
    {
        var at = range.IndexOf("range", StringComparison.Ordinal);
        return Cut(at >= 0 ? range.Insert(at, "multi") : Cut(range, MaxBytes - 11) + "_multirange", MaxBytes);
    }

    /// <summary>The middle part of an index's or foreign key's name (<c>ChooseIndexNameAddition</c>).</summary>
    public static string Columns(IEnumerable<string> columns)
    {
        var text = new StringBuilder();
        var bytes = 0;
        foreach (var column in columns)
        {
            if (text.Length > 0)
            {
                text.Append('_');
                bytes++;
            }

            text.Append(column);
            bytes += Encoding.UTF8.GetByteCount(column);
            if (bytes >= MaxBytes + 1)
            {
                break;
            }
        }

        return text.ToString();
    }

    /// <summary>The names that the columns of an index get (<c>ChooseIndexColumnNames</c>).</summary>
    public static List<string> ForIndexColumns(IEnumerable<string?> names)
    {
        var chosen = new List<string>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var original = name ?? "expr";
            var current = original;
            for (var i = 1; !taken.Add(current); i++)
            {
                var suffix = i.ToString(CultureInfo.InvariantCulture);
                current = Cut(original, MaxBytes - suffix.Length) + suffix;
            }

            chosen.Add(current);
        }

        return chosen;
    }

    /// <summary>Parts of a name with underscores between them, the longer part cut until all fits (<c>makeObjectName</c>).</summary>
    public static string Join(string first, string? second, string? label)
    {
        var overhead = (second is null ? 0 : 1) + (label is null ? 0 : label.Length + 1);
        var firstBytes = Encoding.UTF8.GetByteCount(first);
        var secondBytes = second is null ? 0 : Encoding.UTF8.GetByteCount(second);
        while (firstBytes + secondBytes > MaxBytes - overhead)
        {
            if (firstBytes > secondBytes)
            {
                firstBytes--;
            }
            else
            {
                secondBytes--;
            }
        }

        var name = Cut(first, firstBytes);
        if (second is not null)
        {
            name = $"{name}_{Cut(second, secondBytes)}";
        }

        return label is null ? name : $"{name}_{label}";
    }

    /// <summary>As many characters of a text as fit into so many bytes.</summary>
    public static string Cut(string text, int bytes)
    {
        if (text.Length * 3 <= bytes || Encoding.UTF8.GetByteCount(text) <= bytes)
        {
            return text;
        }

        var used = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.Utf8SequenceLength;
            if (used > bytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static string Numbered(string label, int pass) => label + pass.ToString(CultureInfo.InvariantCulture);
}
