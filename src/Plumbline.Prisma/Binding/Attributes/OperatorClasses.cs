using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>The operator classes that Prisma has names for (Prisma documentation, "Configuring the access type of indexes").</summary>
internal static class OperatorClasses
{
    // Of each class the index types that it is for; all others are for BRIN.
    private static readonly Dictionary<string, IndexAlgorithm[]> ByName = new Dictionary<string, IndexAlgorithm[]>
    {
        ["InetOps"] = [IndexAlgorithm.Gist, IndexAlgorithm.SpGist],
        ["JsonbOps"] = [IndexAlgorithm.Gin],
        ["JsonbPathOps"] = [IndexAlgorithm.Gin],
        ["ArrayOps"] = [IndexAlgorithm.Gin],
        ["TextOps"] = [IndexAlgorithm.SpGist],
    };

    private static readonly HashSet<string> Brin = new(StringComparer.Ordinal)
    {
        "BitMinMaxOps", "VarBitMinMaxOps", "BpcharBloomOps", "BpcharMinMaxOps", "ByteaBloomOps", "ByteaMinMaxOps", "DateBloomOps", "DateMinMaxOps",
        "DateMinMaxMultiOps", "Float4BloomOps", "Float4MinMaxOps", "Float4MinMaxMultiOps", "Float8BloomOps", "Float8MinMaxOps", "Float8MinMaxMultiOps",
        "InetInclusionOps", "InetBloomOps", "InetMinMaxOps", "InetMinMaxMultiOps", "Int2BloomOps", "Int2MinMaxOps", "Int2MinMaxMultiOps", "Int4BloomOps",
        "Int4MinMaxOps", "Int4MinMaxMultiOps", "Int8BloomOps", "Int8MinMaxOps", "Int8MinMaxMultiOps", "NumericBloomOps", "NumericMinMaxOps",
        "NumericMinMaxMultiOps", "OidBloomOps", "OidMinMaxOps", "OidMinMaxMultiOps", "TextBloomOps", "TextMinMaxOps", "TimestampBloomOps", "TimestampMinMaxOps",
        "TimestampMinMaxMultiOps", "TimestampTzBloomOps", "TimestampTzMinMaxOps", "TimestampTzMinMaxMultiOps", "TimeBloomOps", "TimeMinMaxOps",
        "TimeMinMaxMultiOps", "TimeTzBloomOps", "TimeTzMinMaxOps", "TimeTzMinMaxMultiOps", "UuidBloomOps", "UuidMinMaxOps", "UuidMinMaxMultiOps"
    };

    /// <summary>Whether Prisma knows a class.</summary>
    public static bool IsKnown(string name) => ByName.ContainsKey(name) || Brin.Contains(name);

    /// <summary>Whether a class can be used in an index of a type.</summary>
    public static bool Supports(string name, IndexAlgorithm algorithm) =>
        ByName.TryGetValue(name, out var algorithms) ? algorithms.Contains(algorithm) : algorithm == IndexAlgorithm.Brin;
}
