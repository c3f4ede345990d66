using System.Globalization;
using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding;

/// <summary>A native type of PostgreSQL that Prisma knows (Prisma documentation, "PostgreSQL", "Native type mappings").</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Scalar">Prisma's type that it goes with.</param>
/// <param name="OptionalArguments">How many numbers it may have.</param>
internal sealed record NativeTypeDefinition(string Name, ScalarType Scalar, int OptionalArguments)
{
    /// <summary>Whether arguments are the numbers that it takes: all or none.</summary>
    public bool AcceptsValues(IReadOnlyList<string> arguments) =>
        OptionalArguments == 0
        || arguments.Count == 0
        || (arguments.Count == OptionalArguments && arguments.All(a => uint.TryParse(a, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)));
}

/// <summary>The native types of PostgreSQL that Prisma knows.</summary>
internal static class NativeTypes
{
    private static readonly Dictionary<string, NativeTypeDefinition> All = new NativeTypeDefinition[]
    {
        new("SmallInt", ScalarType.Int, 0),
        new("Integer", ScalarType.Int, 0),
        new("BigInt", ScalarType.BigInt, 0),
        new("Decimal", ScalarType.Decimal, 2),
        new("Money", ScalarType.Decimal, 0),
        new("Inet", ScalarType.String, 0),
        new("Oid", ScalarType.Int, 0),
        new("Citext", ScalarType.String, 0),
        new("Real", ScalarType.Float, 0),
        new("DoublePrecision", ScalarType.Float, 0),
        new("VarChar", ScalarType.String, 1),
        new("Char", ScalarType.String, 1),
        new("Text", ScalarType.String, 0),
        new("ByteA", ScalarType.Bytes, 0),
        new("Timestamp", ScalarType.DateTime, 1),
        new("Timestamptz", ScalarType.DateTime, 1),
        new("Date", ScalarType.DateTime, 0),
        new("Time", ScalarType.DateTime, 1),
        new("Timetz", ScalarType.DateTime, 1),
        new("Boolean", ScalarType.Boolean, 0),
        new("Bit", ScalarType.String, 1),
        new("VarBit", ScalarType.String, 1),
        new("Uuid", ScalarType.String, 0),
        new("Xml", ScalarType.String, 0),
        new("Json", ScalarType.Json, 0),
        new("JsonB", ScalarType.Json, 0),
    }.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>The type of a name; null where Prisma does not know it.</summary>
    public static NativeTypeDefinition? Find(string name) => All.GetValueOrDefault(name);
}
