using System.Collections.Frozen;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>What SQL's words mean to an expression. PostgreSQL documentation, "SQL Key Words".</summary>
internal static class CanonicalWords
{
    /// <summary>Words that neither begin nor continue an expression, unless quoted. A column of that name that PostgreSQL prints without quotes is compared as the word.</summary>
    internal static readonly FrozenSet<string> Reserved = FrozenSet.Create(
        "all", "and", "any", "as", "asc", "asymmetric", "between", "both", "by", "check", "collate", "constraint", "cross", "deferrable", "delete", "desc", "distinct", "do", "else", "end",
        "except", "fetch", "for", "from", "full", "group", "having", "ilike", "in", "inner", "insert", "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like",
        "limit", "natural", "not", "notnull", "offset", "on", "only", "or", "order", "outer", "overlaps", "placing", "returning", "right", "select", "set", "similar", "some", "symmetric",
        "tablesample", "then", "to", "trailing", "union", "update", "using", "values", "variadic", "when", "where", "window", "with");

    /// <summary>Functions that are called without parentheses.</summary>
    internal static readonly FrozenSet<string> ValueFunctions = FrozenSet.Create(
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user");

    /// <summary>Words that a query in parentheses begins with.</summary>
    internal static readonly FrozenSet<string> QueryStarts = FrozenSet.Create("select", "with", "values");

    /// <summary>PostgreSQL documentation, "Operator Precedence".</summary>
    internal static class Precedence
    {
        internal const int Argument = 0;
        internal const int Or = 1;
        internal const int And = 2;
        internal const int Not = 3;
        internal const int Is = 4;
        internal const int Comparison = 5;
        internal const int Pattern = 6;
        internal const int Other = 7;
        internal const int Sum = 8;
        internal const int Product = 9;
        internal const int Power = 10;
        internal const int TimeZone = 11;
        internal const int Collate = 12;
        internal const int Sign = 13;

        internal static int Of(string symbol) => symbol switch
        {
            "=>" or ":=" => Argument,
            "=" or "<" or ">" or "<=" or ">=" or "<>" => Comparison,
            "+" or "-" => Sum,
            "*" or "/" or "%" => Product,
            "^" => Power,
            _ => Other,
        };
    }
}
