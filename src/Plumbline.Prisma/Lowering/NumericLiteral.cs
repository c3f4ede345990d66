using System.Globalization;
using System.Numerics;

namespace Plumbline.Prisma.Lowering;

/// <summary>Numbers as Prisma writes them into SQL and as PostgreSQL prints them back.</summary>
internal static class NumericLiteral
{
    // Beyond this nobody means the number, and writing it out would take memory that the input does not.
    private const int MaxDigits = 1000;

    /// <summary>A number in plain digits, as Prisma writes a Float or Decimal: with the scale it has, without exponent; null where it is none, or a huge
    /// one.</summary>
    public static string? ToPlain(ReadOnlySpan<char> text)
    {
        var negative = text.StartsWith("-");
        text = negative || text.StartsWith("+") ? text[1..] : text;
        var exponent = 0;
        var e = text.IndexOfAny('e', 'E');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            {
                return null;
            }

            text = text[..e];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if ((whole.IsEmpty && fraction.IsEmpty) || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9')
            || whole.Length + fraction.Length > MaxDigits || Math.Abs((long)exponent) > MaxDigits)
        {
            return null;
        }

        var digits = string.Concat(whole, fraction);
        var scale = fraction.Length - exponent;
        if (scale < 0)
        {
            digits += new string('0', -scale);
            scale = 0;
        }

        digits = digits.PadLeft(scale + 1, '0');
        var integer = digits[..^scale].TrimStart('0');
        var result = (integer.Length == 0 ? "0" : integer) + (scale == 0 ? "" : "." + digits[^scale..]);
        return negative && result.AsSpan().ContainsAnyInRange('1', '9') ? "-" + result : result;
    }

    /// <summary>The constant that PostgreSQL makes of a plain number: its type is the smallest of integer, bigint and numeric that holds it.</summary>
    public static Constant ToConstant(string plain)
    {
        var type = plain.Contains('.') || plain.Length > 20 || !BigInteger.TryParse(plain, CultureInfo.InvariantCulture, out var value)
            ? "numeric"
            : value >= int.MinValue && value <= int.MaxValue ? "integer"
            : value >= long.MinValue && value <= long.MaxValue ? "bigint"
            : "numeric";
        return new Constant(plain, type);
    }

    /// <summary>A numeric constant.</summary>
    /// <param name="Text">Its digits.</param>
    /// <param name="Type">Its type: <c>integer</c>, <c>bigint</c> or <c>numeric</c>.</param>
    internal readonly record struct Constant(string Text, string Type)
    {
        /// <summary>Whether PostgreSQL prints it without quotes and type.</summary>
        public bool IsBare => !Text.StartsWith('-') && (Type == "integer" || (Type == "numeric" && Text.Contains('.')));

        /// <summary>As PostgreSQL prints it without its type.</summary>
        public string Unlabelled => IsBare ? Text : $"'{Text}'";

        /// <summary>As PostgreSQL prints it.</summary>
        public override string ToString() => IsBare ? Text : $"'{Text}'::{Type}";
    }
}
