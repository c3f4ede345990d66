using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Printing;

/// <summary>A column's type as a Prisma schema says it.</summary>
/// <param name="Name">A scalar type, the name of an enum, or <c>Unsupported("…")</c>.</param>
/// <param name="NativeType">The native type attribute; null where the scalar type alone says it.</param>
/// <param name="Kind">What it is.</param>
internal sealed record PrintedType(string Name, string? NativeType, PrintedTypeKind Kind)
{
    // PostgreSQL's name, Prisma's scalar type, its native type, and the modifiers with which the scalar type alone says it.
    private static readonly Dictionary<string, (string Scalar, string Native, string? DefaultModifiers, bool IsDefault)> Scalars =
        new Dictionary<string, (string, string, string?, bool)>
        {
            ["text"] = ("String", "Text", null, true),
            ["character varying"] = ("String", "VarChar", null, false),
            ["character"] = ("String", "Char", null, false),
            ["bit"] = ("String", "Bit", null, false),
            ["bit varying"] = ("String", "VarBit", null, false),
            ["uuid"] = ("String", "Uuid", null, false),
            ["xml"] = ("String", "Xml", null, false),
            ["inet"] = ("String", "Inet", null, false),
            ["citext"] = ("String", "Citext", null, false),
            ["boolean"] = ("Boolean", "Boolean", null, true),
            ["integer"] = ("Int", "Integer", null, true),
            ["smallint"] = ("Int", "SmallInt", null, false),
            ["oid"] = ("Int", "Oid", null, false),
            ["bigint"] = ("BigInt", "BigInt", null, true),
            ["double precision"] = ("Float", "DoublePrecision", null, true),
            ["real"] = ("Float", "Real", null, false),
            ["numeric"] = ("Decimal", "Decimal", "65,30", true),
            ["money"] = ("Decimal", "Money", null, false),
            ["timestamp without time zone"] = ("DateTime", "Timestamp", "3", true),
            ["timestamp with time zone"] = ("DateTime", "Timestamptz", null, false),
            ["date"] = ("DateTime", "Date", null, false),
            ["time without time zone"] = ("DateTime", "Time", null, false),
            ["time with time zone"] = ("DateTime", "Timetz", null, false),
            ["jsonb"] = ("Json", "JsonB", null, true),
            ["json"] = ("Json", "Json", null, false),
            ["bytea"] = ("Bytes", "ByteA", null, true),
        };

    /// <summary>Says a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="enums">Names of the enums in the schema that is printed.</param>
    public static PrintedType Of(ColumnType type, IReadOnlyDictionary<ObjectName, string> enums)
    {
        if (type.Schema is not null && enums.TryGetValue(type.QualifiedName, out var name))
        {
            return new PrintedType(name, null, PrintedTypeKind.Enum);
        }

        // A numeric scale below zero, and character types without a length of their own, are beyond Prisma.
        var isKnown = Scalars.TryGetValue(type.Name, out var scalar) && (type.Schema is null || type.Name == "citext");
        if (!isKnown || (type.Name is "character" or "bit" && type.Modifiers is null) || type.Modifiers?.Contains('-') == true)
        {
            var text = (type with { IsArray = false }) is { Schema: { } schema } foreign
                ? Qualified(foreign, schema)
                : (type with { IsArray = false }).ToString();
            return new PrintedType($"Unsupported({PrismaText.Quote(text)})", null, PrintedTypeKind.Unsupported);
        }

        if (scalar.IsDefault && type.Modifiers == scalar.DefaultModifiers)
        {
            return new PrintedType(scalar.Scalar, null, PrintedTypeKind.Scalar);
        }

        var arguments = type.Modifiers is null ? "" : $"({type.Modifiers.Replace(",", ", ", StringComparison.Ordinal)})";
        return new PrintedType(scalar.Scalar, $"@db.{scalar.Native}{arguments}", PrintedTypeKind.Scalar);
    }

    private static string Qualified(ColumnType type, string schema) =>
        Lowering.DatabaseNames.Qualify(schema, type.Name) + (type.Modifiers is null ? "" : $"({type.Modifiers})");
}

/// <summary>What a field's type is.</summary>
internal enum PrintedTypeKind
{
    /// <summary>One of Prisma's own types.</summary>
    Scalar,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>A type that Prisma has no word for.</summary>
    Unsupported,
}
