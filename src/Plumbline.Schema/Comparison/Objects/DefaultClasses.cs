using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Objects;

/// <summary>The operator classes that PostgreSQL takes where none is named. Documentation: "btree_gin", "btree_gist", "intarray", "ltree", "Preferred Index Types for Text Search".</summary>
internal static class DefaultClasses
{
    /// <summary>Whether a class is the default of a type for GIN or GiST, those of extensions included.</summary>
    internal static bool Has(string method, ColumnType type, string name) => method switch
    {
        "gin" => !type.IsArray && FamilyOf(type) is { } family && name == family + "_ops",
        "gist" when type is { Name: "integer", IsArray: true } => name == "gist__int_ops",
        "gist" when type is { Name: "tsvector", IsArray: false } => name == "tsvector_ops",
        "gist" => name == $"gist_{(type.IsArray ? "_" : "")}{FamilyOf(type) ?? type.Name}_ops",
        _ => false,
    };

    private static string? FamilyOf(ColumnType type) => type.Name switch
    {
        "smallint" => "int2",
        "integer" => "int4",
        "bigint" => "int8",
        "real" => "float4",
        "double precision" => "float8",
        "boolean" => "bool",
        "character varying" => "varchar",
        "character" => "bpchar",
        "bit varying" => "varbit",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "time without time zone" => "time",
        "time with time zone" => "timetz",
        "money" => "cash",
        "text" or "bytea" or "oid" or "numeric" or "bit" or "uuid" or "inet" or "cidr" or "date" or "interval" or "macaddr" => type.Name,
        _ => null,
    };
}
