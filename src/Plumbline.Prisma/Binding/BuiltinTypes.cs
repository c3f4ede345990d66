using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding;

/// <summary>The names of Prisma's own types.</summary>
internal static class BuiltinTypes
{
    /// <summary>The type of a name; null where it is none of Prisma's own.</summary>
    public static ScalarType? Find(string name) => name switch
    {
        "String" => ScalarType.String,
        "Boolean" => ScalarType.Boolean,
        "Int" => ScalarType.Int,
        "BigInt" => ScalarType.BigInt,
        "Float" => ScalarType.Float,
        "Decimal" => ScalarType.Decimal,
        "DateTime" => ScalarType.DateTime,
        "Json" => ScalarType.Json,
        "Bytes" => ScalarType.Bytes,
        _ => null,
    };

    /// <summary>The type whose name differs in nothing but case; null where there is none.</summary>
    public static ScalarType? FindIgnoringCase(string name)
    {
        foreach (var scalar in Enum.GetValues<ScalarType>())
        {
            if (string.Equals(scalar.ToString(), name, StringComparison.OrdinalIgnoreCase))
            {
                return scalar;
            }
        }

        return null;
    }
}
