using System.Text;

namespace Plumbline.Prisma.Lowering;

/// <summary>How PostgreSQL spells names: cut at 63 bytes, quoted where they need it. PostgreSQL documentation, "Identifiers and Key Words".</summary>
internal static class DatabaseNames
{
    /// <summary>The most bytes of UTF-8 that a name has (NAMEDATALEN - 1).</summary>
    public const int MaxBytes = 63;

    // Every key word but the unreserved ones: quote_identifier() quotes them. PostgreSQL documentation, "SQL Key Words".
    private static readonly HashSet<string> KeyWords =
        """
        all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check coalesce collate collation
        column concurrently constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user dec decimal default
        deferrable desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially
        inner inout int integer intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national natural nchar none normalize
        not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real references returning right row select
        session_user setof similar smallint some substring symmetric table tablesample then time timestamp to trailing treat trim true union unique user using values varchar
        variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>A name as PostgreSQL keeps it: what goes beyond 63 bytes is cut off, never within a character.</summary>
    public static string Cut(string name) => Cut(name, MaxBytes);

    /// <summary>The first characters of a text that together have at most so many bytes of UTF-8.</summary>
    public static string Cut(string text, int bytes)
    {
        // Each UTF-16 code unit takes at most three bytes.
        if (text.Length * 3 <= bytes)
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
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }

    /// <summary>
    /// The name that PostgreSQL gives to what it makes for a column (<c>table_column_label</c>): where that is too long, the longer of
    /// table and column is shortened until it fits (<c>makeObjectName</c>).
    /// </summary>
    public static string ForColumn(string table, string column, string label)
    {
        var available = MaxBytes - label.Length - 2;
        var tableBytes = Encoding.UTF8.GetByteCount(table);
        var columnBytes = Encoding.UTF8.GetByteCount(column);
        while (tableBytes + columnBytes > available)
        {
            if (tableBytes > columnBytes)
            {
                tableBytes--;
            }
            else
            {
                columnBytes--;
            }
        }

        return $"{Cut(table, tableBytes)}_{Cut(column, columnBytes)}_{label}";
    }

    /// <summary>A name as <c>quote_ident</c> prints it.</summary>
    public static string Quote(string name)
    {
        var plain = name.Length > 0 && !char.IsAsciiDigit(name[0]) && !KeyWords.Contains(name);
        foreach (var c in name)
        {
            plain &= char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_';
        }

        return plain ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A name as PostgreSQL prints it where the search path is the default one: with its schema unless that is <c>public</c> or built in.</summary>
    public static string Qualify(string? schema, string name) => schema is null or "public" ? Quote(name) : $"{Quote(schema)}.{Quote(name)}";

    /// <summary>A text as a string literal of standard SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
