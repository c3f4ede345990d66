using System.Globalization;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of types <c>inet</c> and <c>cidr</c>: IPv4 addresses with all four numbers.</summary>
internal static class InetLiteral
{
    /// <summary>Whether a text holds what is in no address.</summary>
    public static bool IsSurelyInvalid(string text) => text.Length == 0 || text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF.:/");

    /// <summary>The address as it is printed; null where it is not understood.</summary>
    public static string? Normalize(string text, bool isNetwork)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var bits = 32;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > 32))
        {
            return null;
        }

        var parts = (slash < 0 ? text : text[..slash]).Split('.');
        if (parts.Length != 4)
        {
            return null;
        }

        var address = 0u;
        foreach (var part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            address = (address << 8) | number;
        }

        if (isNetwork && bits < 32 && (address & (uint.MaxValue >> bits)) != 0)
        {
            return null;
        }

        var printed = string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");
        return isNetwork || bits < 32 ? string.Create(CultureInfo.InvariantCulture, $"{printed}/{bits}") : printed;
    }
}
