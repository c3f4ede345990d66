using System.Collections.Frozen;
using Plumbline.Schema.Comparison.Renames;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>Equality of types however they are spelled: <c>int4</c> is <c>integer</c>, <c>varchar</c> is <c>character varying</c>.</summary>
internal static class TypeEquality
{
    /// <summary>PostgreSQL documentation, "Data Types": the aliases, and the internal names of <c>pg_type</c>.</summary>
    private static readonly Dictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["int8"] = "bigint",
        ["int4"] = "integer",
        ["int"] = "integer",
        ["int2"] = "smallint",
        ["serial"] = "integer",
        ["serial4"] = "integer",
        ["bigserial"] = "bigint",
        ["serial8"] = "bigint",
        ["smallserial"] = "smallint",
        ["serial2"] = "smallint",
        ["float8"] = "double precision",
        ["float"] = "double precision",
        ["float4"] = "real",
        ["decimal"] = "numeric",
        ["bool"] = "boolean",
        ["varchar"] = "character varying",
        ["char"] = "character",
        ["varbit"] = "bit varying",
        ["timestamp"] = "timestamp without time zone",
        ["timestamptz"] = "timestamp with time zone",
        ["time"] = "time without time zone",
        ["timetz"] = "time with time zone",
    };

    /// <summary>PostgreSQL documentation, "Date/Time Types": seconds have six digits where nothing is said.</summary>
    private const string DefaultPrecision = "6";

    private static readonly FrozenSet<string> BuiltIns = FrozenSet.Create(
        [
            .. Aliases.Keys, .. Aliases.Values, "text", "uuid", "json", "jsonb", "jsonpath", "bytea", "date", "interval", "money", "xml", "inet", "cidr", "macaddr", "macaddr8", "name", "oid", "bpchar",
            "numeric", "regclass", "regconfig", "regtype", "regproc", "regprocedure", "regnamespace", "regrole", "tsvector", "tsquery", "bit", "\"char\"", "int4range", "int8range", "numrange", "tsrange",
            "tstzrange", "daterange", "point", "line", "lseg", "box", "path", "polygon", "circle", "pg_lsn",
        ]);

    /// <summary>Whether a name is SQL's for a type that <c>pg_type</c> knows by another.</summary>
    internal static bool IsAlias(string name) => Aliases.ContainsKey(name) || Aliases.ContainsValue(name);

    /// <summary>Whether a type is one of PostgreSQL's own.</summary>
    internal static bool IsBuiltIn(ColumnType type) => type.Schema is null && BuiltIns.Contains(type.Name);

    /// <summary>The type with its name as <c>format_type</c> prints it and modifiers without blanks.</summary>
    internal static ColumnType Canonical(ColumnType type)
    {
        var name = type.Name;
        var schema = type.Schema;
        if (schema is null or "pg_catalog")
        {
            schema = null;
            name = Aliases.GetValueOrDefault(name, name);
        }

        var modifiers = type.Modifiers;
        if (modifiers is not null && name != "interval")
        {
            modifiers = modifiers.Replace(" ", "", StringComparison.Ordinal);
        }

        // numeric(10) is numeric(10,0), character is character(1), bit is bit(1).
        if (schema is null)
        {
            modifiers = (name, modifiers) switch
            {
                ("numeric", not null) when !modifiers.Contains(',', StringComparison.Ordinal) => modifiers + ",0",
                ("character" or "bit", null) => "1",
                ("timestamp without time zone" or "timestamp with time zone" or "time without time zone" or "time with time zone", DefaultPrecision) => null,
                _ => modifiers,
            };
            name = name == "bpchar" && modifiers is not null ? "character" : name;
        }

        return type with { Name = name, Schema = schema, Modifiers = modifiers };
    }

    /// <summary>Whether two types are the same.</summary>
    /// <param name="from">The type in FROM.</param>
    /// <param name="to">The type in TO.</param>
    /// <param name="renames">Renamed types.</param>
    /// <param name="schemaIsUnknown">Whether a schema may be missing or wrong on one side: Prisma does not know in which schema an extension has its
    /// types.</param>
    internal static bool AreEqual(ColumnType from, ColumnType to, RenameMap renames, bool schemaIsUnknown)
    {
        if (from == to)
        {
            return true;
        }

        var left = Canonical(from);
        if (left.Schema is not null)
        {
            var renamed = renames.Type(left.QualifiedName);
            left = left with { Schema = renamed.Schema, Name = renamed.Name };
        }

        var right = Canonical(to);
        return left == right
            || (left.Name == right.Name && left.IsArray == right.IsArray
                && (left.Schema == right.Schema || schemaIsUnknown)
                && string.Equals(left.Modifiers, right.Modifiers, StringComparison.OrdinalIgnoreCase));
    }
}
