namespace Plumbline.PostgreSql.Expressions.Printing;

/// <summary>Names and strings as PostgreSQL quotes them when it prints SQL.</summary>
internal static class Identifiers
{
    // Every keyword that is not unreserved is quoted (quote_identifier).
    private static readonly HashSet<string> QuotedKeywords =
    [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
        "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
        "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
        "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner",
        "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp",
        "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
        "position", "precision", "primary", "real", "references", "returning", "right", "row", "select", "session_user", "setof", "similar", "smallint", "some", "substring",
        "symmetric", "table", "tablesample", "then", "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
        "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi",
        "xmlroot", "xmlserialize", "xmltable",
    ];

    /// <summary>A name, in quotes where it needs them (<c>quote_identifier</c>).</summary>
    public static string Quote(string name)
    {
        var safe = name.Length > 0 && (name[0] is (>= 'a' and <= 'z') or '_');
        for (var i = 0; safe && i < name.Length; i++)
        {
            safe = name[i] is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_';
        }

        return safe && !QuotedKeywords.Contains(name) ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A string constant (<c>simple_quote_literal</c>), for a server where <c>standard_conforming_strings</c> is on.</summary>
    public static string QuoteLiteral(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
