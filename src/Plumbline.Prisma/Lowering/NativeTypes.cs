using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>The types of columns that Prisma's scalar types and native types stand for. Prisma documentation, "PostgreSQL: Type mapping".</summary>
internal static class NativeTypes
{
    // Prisma's name, PostgreSQL's name, and what is in the parentheses where the schema gives nothing.
    private static readonly Dictionary<string, (string Name, string? Modifiers)> ByName = new Dictionary<string, (string, string?)>
    {
        ["SmallInt"] = ("smallint", null),
        ["Integer"] = ("integer", null),
        ["BigInt"] = ("bigint", null),
        ["Oid"] = ("oid", null),
        ["Decimal"] = ("numeric", null),
        ["Money"] = ("money", null),
        ["Real"] = ("real", null),
        ["DoublePrecision"] = ("double precision", null),
        ["Text"] = ("text", null),
        ["Char"] = ("character", "1"),
        ["VarChar"] = ("character varying", null),
        ["Bit"] = ("bit", "1"),
        ["VarBit"] = ("bit varying", null),
        ["Uuid"] = ("uuid", null),
        ["Xml"] = ("xml", null),
        ["Inet"] = ("inet", null),
        ["Citext"] = ("citext", null),
        ["Boolean"] = ("boolean", null),
        ["Timestamp"] = ("timestamp without time zone", null),
        ["Timestamptz"] = ("timestamp with time zone", null),
        ["Date"] = ("date", null),
        ["Time"] = ("time without time zone", null),
        ["Timetz"] = ("time with time zone", null),
        ["Json"] = ("json", null),
        ["JsonB"] = ("jsonb", null),
        ["ByteA"] = ("bytea", null),
    };

    /// <summary>The type of a native type attribute, such as <c>@db.VarChar(20)</c>; null for a name that PostgreSQL's connector does not have.</summary>
    /// <param name="name">What follows <c>@db.</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="extensionSchema">The schema of an extension, by the extension's name.</param>
    public static ColumnType? Of(string name, IReadOnlyList<string> arguments, Func<string, string> extensionSchema)
    {
        if (!ByName.TryGetValue(name, out var type))
        {
            return null;
        }

        var schema = name == "Citext" ? extensionSchema("citext") : null;
        return new ColumnType(type.Name, schema, arguments.Count == 0 ? type.Modifiers : string.Join(',', arguments));
    }

    /// <summary>The type of a scalar type without a native type attribute.</summary>
    public static ColumnType Default(ScalarType scalar) => scalar switch
    {
        ScalarType.Int => new ColumnType("integer"),
        ScalarType.BigInt => new ColumnType("bigint"),
        ScalarType.Float => new ColumnType("double precision"),
        ScalarType.Decimal => new ColumnType("numeric", Modifiers: "65,30"),
        ScalarType.Boolean => new ColumnType("boolean"),
        ScalarType.DateTime => new ColumnType("timestamp without time zone", Modifiers: "3"),
        ScalarType.Bytes => new ColumnType("bytea"),
        ScalarType.Json => new ColumnType("jsonb"),
        _ => new ColumnType("text"),
    };
}
