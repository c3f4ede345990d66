using System.Globalization;
using System.Text;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of types <c>bit</c> and <c>bit varying</c>.</summary>
internal static class BitLiteral
{
    /// <summary>The digits 0 and 1; null where the text is no bit string.</summary>
    /// <param name="text">Digits behind <c>b</c> or <c>x</c>.</param>
    public static string? Normalize(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var digits = text.AsSpan(1);
        if (text[0] is 'b' or 'B')
        {
            return digits.IndexOfAnyExcept('0', '1') < 0 ? digits.ToString() : null;
        }

        var bits = new StringBuilder();
        foreach (var digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return null;
            }

            bits.Append(int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString("b4", CultureInfo.InvariantCulture));
        }

        return bits.ToString();
    }
}

/// <summary>Literals of type <c>bytea</c>.</summary>
internal static class ByteaLiteral
{
    /// <summary>The bytes in hexadecimal behind <c>\x</c>; null where the text is no byte string.</summary>
    public static string? Normalize(string text)
    {
        if (text.StartsWith("\\x", StringComparison.Ordinal))
        {
            var digits = string.Concat(text[2..].Where(c => !char.IsWhiteSpace(c)));
            return digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit) ? "\\x" + digits.ToLowerInvariant() : null;
        }

        var bytes = new List<byte>();
        var source = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < source.Length; i++)
        {
            if (source[i] != '\\')
            {
                bytes.Add(source[i]);
            }
            else if (i + 1 < source.Length && source[i + 1] == '\\')
            {
                bytes.Add(source[i++]);
            }
            else if (i + 3 < source.Length && source[i + 1] is >= (byte)'0' and <= (byte)'3' && source[i + 2] is >= (byte)'0' and <= (byte)'7' &&
                source[i + 3] is >= (byte)'0' and <= (byte)'7')
            {
                bytes.Add((byte)(((source[i + 1] - '0') << 6) | ((source[i + 2] - '0') << 3) | (source[i + 3] - '0')));
                i += 3;
            }
            else
            {
                return null;
            }
        }

        return "\\x" + Convert.ToHexStringLower([.. bytes]);
    }
}
