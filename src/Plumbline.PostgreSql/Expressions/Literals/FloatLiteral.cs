using System.Globalization;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of types <c>double precision</c> and <c>real</c>, printed with the fewest digits that give the number back.</summary>
internal static class FloatLiteral
{
    /// <summary>The number as <c>float8out</c> prints it; null where the text is no number.</summary>
    public static string? ReadDouble(string text) =>
        Special(text) ?? (IsNumber(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value)
            ? Format(value.ToString("R", CultureInfo.InvariantCulture), 15)
            : null);

    /// <summary>The number as <c>float4out</c> prints it; null where the text is no number.</summary>
    public static string? ReadSingle(string text) =>
        Special(text) ?? (IsNumber(text) && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !float.IsInfinity(value)
            ? Format(value.ToString("R", CultureInfo.InvariantCulture), 6)
            : null);

    private static string? Special(string text) => text.Trim().ToLowerInvariant() switch
    {
        "nan" => "NaN",
        "inf" or "+inf" or "infinity" or "+infinity" => "Infinity",
        "-inf" or "-infinity" => "-Infinity",
        _ => null,
    };

    private static bool IsNumber(string text) =>
        text.Trim() is { Length: > 0 } number && number.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e' or 'E');

    // Shortest digits in %g's manner: plain between 1e-4 and 10^digits, else with an exponent of two digits at least.
    private static string Format(string shortest, int digits)
    {
        var isNegative = shortest.StartsWith('-');
        var unsigned = isNegative ? shortest[1..] : shortest;
        var exponent = 0;
        var at = unsigned.IndexOf('E', StringComparison.Ordinal);
        if (at >= 0)
        {
            exponent = int.Parse(unsigned.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            unsigned = unsigned[..at];
        }

        var point = unsigned.IndexOf('.', StringComparison.Ordinal);
        var all = point < 0 ? unsigned : unsigned.Remove(point, 1);
        var whole = (point < 0 ? unsigned.Length : point) + exponent;
        var trimmed = all.TrimStart('0');
        whole -= all.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        if (trimmed.Length == 0)
        {
            return isNegative ? "-0" : "0";
        }

        string result;
        if (whole is > -4 && whole <= digits)
        {
            result = whole <= 0
                ? "0." + new string('0', -whole) + trimmed
                : trimmed.Length <= whole ? trimmed + new string('0', whole - trimmed.Length) : trimmed[..whole] + "." + trimmed[whole..];
        }
        else
        {
            var power = whole - 1;
            result = trimmed[0] + (trimmed.Length > 1 ? "." + trimmed[1..] : "") + (power < 0 ? "e-" : "e+")
                + Math.Abs(power).ToString("00", CultureInfo.InvariantCulture);
        }

        return isNegative ? "-" + result : result;
    }
}
