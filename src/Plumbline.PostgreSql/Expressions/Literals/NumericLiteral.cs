using System.Globalization;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of type <c>numeric</c>.</summary>
internal static class NumericLiteral
{
    /// <summary>The number as <c>numeric_out</c> prints it; null where the text is no number.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    public static string? Normalize(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "nan":
                return "NaN";
            case "inf" or "+inf" or "infinity" or "+infinity":
                return "Infinity";
            case "-inf" or "-infinity":
                return "-Infinity";
        }

        var isNegative = text.StartsWith('-');
        var position = isNegative || text.StartsWith('+') ? 1 : 0;
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position]))
        {
            position++;
        }

        var whole = text[start..position];
        var fraction = "";
        if (position < text.Length && text[position] == '.')
        {
            start = ++position;
            while (position < text.Length && char.IsAsciiDigit(text[position]))
            {
                position++;
            }

            fraction = text[start..position];
        }

        if (whole.Length + fraction.Length == 0)
        {
            return null;
        }

        var exponent = 0;
        if (position < text.Length && text[position] is 'e' or 'E')
        {
            if (!int.TryParse(text.AsSpan(position + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) ||
                exponent is < -2000 or > 2000)
            {
                return null;
            }

            position = text.Length;
        }

        if (position != text.Length)
        {
            return null;
        }

        var digits = whole + fraction;
        var scale = fraction.Length - exponent;
        if (scale < 0)
        {
            digits += new string('0', -scale);
            scale = 0;
        }

        if (digits.Length <= scale)
        {
            digits = new string('0', scale - digits.Length + 1) + digits;
        }

        whole = digits[..(digits.Length - scale)].TrimStart('0');
        fraction = digits[(digits.Length - scale)..];
        var isZero = whole.Length == 0 && fraction.All(c => c == '0');
        return (isNegative && !isZero ? "-" : "") + (whole.Length == 0 ? "0" : whole) + (fraction.Length > 0 ? "." + fraction : "");
    }
}
