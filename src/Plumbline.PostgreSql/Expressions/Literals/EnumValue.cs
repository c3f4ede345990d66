using Plumbline.PostgreSql.Builtins;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>
/// Values of enums in expressions. PostgreSQL keeps the number of the label, so that a label that is renamed shows its new name; here the key of the label
/// is kept, which is the name that it had first.
/// </summary>
internal static class EnumValue
{
    /// <summary>The key of a label.</summary>
    public static string KeyOf(PgType type, string label)
    {
        if (type.EnumKeys is { } keys)
        {
            foreach (var (key, name) in keys)
            {
                if (name == label)
                {
                    return key;
                }
            }
        }

        return label;
    }

    /// <summary>A constant as it is printed now: of an enum, or of an array of one, with the present names of its labels; any other as it is.</summary>
    public static string Print(IObjectCatalog catalog, uint oid, string value)
    {
        if (catalog.GetType(oid) is not { } type)
        {
            return value;
        }

        if (type.EnumKeys is { } keys)
        {
            return keys.GetValueOrDefault(value, value);
        }

        return type.IsArray && catalog.GetType(type.ElementOid) is { EnumKeys: { } elements } element
            ? new ArrayLiteral(key => elements.GetValueOrDefault(key, key), element, -1).Read(value)
            : value;
    }
}
