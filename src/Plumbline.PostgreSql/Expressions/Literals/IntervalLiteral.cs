using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of type <c>interval</c> in their common forms ("Interval Input").</summary>
internal static partial class IntervalLiteral
{
    private const long MicrosPerSecond = 1_000_000;

    /// <summary>The interval as <c>interval_out</c> prints it; null where it is not understood.</summary>
    public static string? Read(string text)
    {
        var position = 0;
        long months = 0;
        long days = 0;
        long micros = 0;
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }

        while (position < trimmed.Length)
        {
            var clock = ClockPattern().Match(trimmed, position);
            if (clock.Success)
            {
                micros += (clock.Groups["sign"].Value == "-" ? -1 : 1) * ClockMicros(clock);
                position += clock.Length;
                continue;
            }

            var part = PartPattern().Match(trimmed, position);
            if (!part.Success || !decimal.TryParse(
                part.Groups["number"].ValueSpan, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            position += part.Length;
            var isWhole = decimal.Truncate(number) == number;
            switch (part.Groups["unit"].Value.ToLowerInvariant())
            {
                case "microsecond" or "microseconds" or "us" or "usec" or "usecs" when isWhole:
                    micros += (long)number;
                    break;
                case "millisecond" or "milliseconds" or "ms" or "msec" or "msecs":
                    micros += (long)(number * 1000);
                    break;
                case "second" or "seconds" or "sec" or "secs" or "s":
                    micros += (long)(number * MicrosPerSecond);
                    break;
                case "minute" or "minutes" or "min" or "mins" or "m":
                    micros += (long)(number * 60 * MicrosPerSecond);
                    break;
                case "hour" or "hours" or "hr" or "hrs" or "h":
                    micros += (long)(number * 3600 * MicrosPerSecond);
                    break;
                case "day" or "days" or "d" when isWhole:
                    days += (long)number;
                    break;
                case "week" or "weeks" or "w" when isWhole:
                    days += (long)number * 7;
                    break;
                case "month" or "months" or "mon" or "mons" when isWhole:
                    months += (long)number;
                    break;
                case "year" or "years" or "yr" or "yrs" or "y" when isWhole:
                    months += (long)number * 12;
                    break;
                case "" when position == trimmed.Length && part.Index == 0:
                    micros += (long)(number * MicrosPerSecond);
                    break;
                default:
                    return null;
            }
        }

        return Math.Abs(months) > int.MaxValue || Math.Abs(days) > int.MaxValue ? null : Format(months, days, micros);
    }

    /// <summary>A bare number of the one field that the type names, as in <c>INTERVAL '30' DAY</c>; null where it is not understood.</summary>
    public static string? ReadField(string text, int modifier)
    {
        var unit = ((modifier >> 16) & 0x7FFF) switch { 1 << 2 => "year", 1 << 1 => "month", 1 << 3 => "day", 1 << 10 => "hour", 1 << 11 => "minute", 1 << 12 => "second", _ => null };
        return unit is not null && (modifier & 0xFFFF) == 0xFFFF && text.Length is > 0 and < 9 && text.All(char.IsAsciiDigit) ? Read($"{text} {unit}") : null;
    }

    private static long ClockMicros(Match clock)
    {
        var seconds = (long.Parse(
            clock.Groups["hour"].ValueSpan,
            CultureInfo.InvariantCulture) * 3600) + (long.Parse(clock.Groups["minute"].ValueSpan, CultureInfo.InvariantCulture) * 60)
            + (clock.Groups["second"].Success ? long.Parse(clock.Groups["second"].ValueSpan, CultureInfo.InvariantCulture) : 0);
        var fraction = clock.Groups["fraction"].Success
            ? long.Parse(clock.Groups["fraction"].Value.PadRight(6, '0').AsSpan(0, 6), CultureInfo.InvariantCulture)
            : 0;
        return (seconds * MicrosPerSecond) + fraction;
    }

    private static string Format(long months, long days, long micros)
    {
        var result = new StringBuilder();
        var isBeforeNegative = false;
        Append(months / 12, "year");
        Append(months % 12, "mon");
        Append(days, "day");
        if (micros != 0 || result.Length == 0)
        {
            if (result.Length > 0)
            {
                result.Append(' ');
            }

            result.Append(micros < 0 ? "-" : isBeforeNegative ? "+" : "");
            result.Append(Clock(Math.Abs(micros)));
        }

        return result.ToString();

        void Append(long number, string unit)
        {
            if (number == 0)
            {
                return;
            }

            result.Append(
                CultureInfo.InvariantCulture,
                $"{(result.Length > 0 ? " " : "")}{(isBeforeNegative && number > 0 ? "+" : "")}{number} {unit}{(number == 1 ? "" : "s")}");
            isBeforeNegative = number < 0;
        }
    }

    private static string Clock(long micros)
    {
        var seconds = micros / MicrosPerSecond;
        var rest = micros % MicrosPerSecond;
        var fraction = rest == 0 ? "" : "." + rest.ToString("000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}{fraction}");
    }

    [GeneratedRegex(
        @"\G(?<sign>[+-])?(?<hour>\d{1,9}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:\.(?<fraction>\d{1,6}))?)?(?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\G(?<number>[+-]?\d{1,9}(?:\.\d{1,6})?)\s*(?<unit>[A-Za-z]*)(?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex PartPattern();
}
