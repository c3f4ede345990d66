using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing;

/// <summary>Writes names as SQL. PostgreSQL documentation, "Identifiers and Key Words" and "SQL Key Words".</summary>
public static class SqlIdentifier
{
    /// <summary>The key words that can't stand for every name: reserved ones, those for types and functions, those not for types and functions.
    /// <c>quote_ident</c> quotes the same.</summary>
    private static readonly HashSet<string> KeyWords =
        """
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog current_date current_role current_time
        current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into
        lateral leading limit localtime localtimestamp not null offset on only or order placing primary references returning select session_user some symmetric
        system_user table then to trailing true union unique user using variadic when where window with authorization binary collation concurrently cross current_schema
        freeze full ilike inner is isnull join left like natural notnull outer overlaps right similar tablesample verbose between bigint bit boolean char character
        coalesce dec decimal exists extract float greatest grouping inout int integer interval json json_array json_arrayagg json_exists json_object json_objectagg
        json_query json_scalar json_serialize json_table json_value least merge_action national nchar none normalize nullif numeric out overlay position precision real
        row setof smallint substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot
        xmlserialize xmltable
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();

    /// <summary>A name, quoted only where it would otherwise be read as another name or as a key word.</summary>
    /// <param name="name">The name as the catalog holds it.</param>
    public static string Quote(string name) => IsPlain(name) && !KeyWords.Contains(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A name with its schema, each quoted only where needed.</summary>
    public static string Quote(ObjectName name) => $"{Quote(name.Schema)}.{Quote(name.Name)}";

    /// <summary>A list of names, with commas between them.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetterLower(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var character in name)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '_')
            {
                return false;
            }
        }

        return true;
    }
}
