using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Lowering;

/// <summary>Names of operator classes, and which is a type's default for an index method. PostgreSQL documentation, "Operator Classes and Operator
/// Families".</summary>
internal static class OperatorClasses
{
    /// <summary>PostgreSQL's name of one of Prisma's own operator classes: <c>JsonbPathOps</c> is <c>jsonb_path_ops</c>.</summary>
    public static string NameOf(string prismaName)
    {
        // MinMax, VarBit and Tz are one word each.
        var words = prismaName.Replace("MinMax", "Minmax", StringComparison.Ordinal).Replace("VarBit", "Varbit", StringComparison.Ordinal)
            .Replace("Tz", "tz", StringComparison.Ordinal);
        return PascalCase.Separate(words, '_');
    }

    /// <summary>The default operator class of a type for an index method; null where it has none or it is not known.</summary>
    public static string? DefaultOf(string method, ColumnType type, bool isEnum)
    {
        if (type.IsArray)
        {
            return method is "btree" or "hash" or "gin" ? "array_ops" : null;
        }

        if (isEnum)
        {
            return method is "btree" or "hash" ? "enum_ops" : null;
        }

        if (FamilyOf(type) is not { } family)
        {
            return null;
        }

        return method switch
        {
            "btree" => $"{family}_ops",
            "hash" => family is "bit" or "varbit" or "money" or "tsvector" ? null : $"{family}_ops",
            "gin" => family is "jsonb" or "tsvector" ? $"{family}_ops" : null,
            "gist" => family is "tsvector" ? "tsvector_ops" : null,
            "spgist" => family is "inet" or "text" ? $"{family}_ops" : null,
            "brin" => family switch
            {
                "inet" => "inet_inclusion_ops",
                "bool" or "money" or "jsonb" or "citext" or "tsvector" => null,
                _ => $"{family}_minmax_ops",
            },
            _ => null,
        };
    }

    private static string? FamilyOf(ColumnType type) => type.Name switch
    {
        "smallint" => "int2",
        "integer" => "int4",
        "bigint" => "int8",
        "real" => "float4",
        "double precision" => "float8",
        "boolean" => "bool",
        "character varying" or "text" => "text",
        "character" => "bpchar",
        "bit varying" => "varbit",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "time without time zone" => "time",
        "time with time zone" => "timetz",
        "bytea" or "oid" or "numeric" or "money" or "bit" or "uuid" or "jsonb" or "inet" or "date" or "citext" or "tsvector" => type.Name,
        _ => null,
    };
}
