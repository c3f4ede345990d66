using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.PostgreSql.Expressions.Literals;

/// <summary>Literals of dates and times in their ISO forms ("Date/Time Input"), for a session in UTC.</summary>
internal static partial class TemporalLiteral
{
    private static readonly string[] Words =
    [
        "now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs", "utc", "gmt", "zulu", "bc", "ad", "am", "pm", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
        "sep", "oct", "nov", "dec", "day", "week", "month", "mon", "year", "hour", "min", "sec", "ago", "dec", "cent", "mil", "y", "d", "h", "m", "s", "w",
    ];

    /// <summary>Whether a word in the text may belong to a date or interval.</summary>
    public static bool HasKnownWord(string text) =>
        text.ToLowerInvariant()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Any(word => Words.Any(known => word.StartsWith(known, StringComparison.Ordinal)));

    /// <summary>A date; null where it is not understood.</summary>
    public static string? ReadDate(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word is "infinity" or "-infinity")
        {
            return word;
        }

        if (word == "epoch")
        {
            return "1970-01-01";
        }

        return Parse(text) is { } parsed ? Date(parsed.Date) : null;
    }

    /// <summary>A timestamp; null where it is not understood.</summary>
    public static string? ReadTimestamp(string text, bool hasZone)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word is "infinity" or "-infinity")
        {
            return word;
        }

        if (word == "epoch")
        {
            return "1970-01-01 00:00:00" + (hasZone ? "+00" : "");
        }

        if (Parse(text) is not { } parsed)
        {
            return null;
        }

        var moment = parsed.Date + (hasZone ? -parsed.Offset : TimeSpan.Zero);
        return $"{Date(moment)} {Time(moment.TimeOfDay)}{(hasZone ? "+00" : "")}";
    }

    /// <summary>A time of day; null where it is not understood.</summary>
    public static string? ReadTime(string text)
    {
        var match = TimePattern().Match(text.Trim());
        return match.Success && TimeOf(match) is { } time ? time == TimeSpan.FromDays(1) ? "24:00:00" : Time(time) : null;
    }

    internal static string Time(TimeSpan time)
    {
        var micros = time.Ticks % TimeSpan.TicksPerSecond / 10;
        var fraction = micros == 0 ? "" : "." + micros.ToString("000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{fraction}");
    }

    private static string Date(DateTime date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static (DateTime Date, TimeSpan Offset)? Parse(string text)
    {
        var match = MomentPattern().Match(text.Trim());
        if (!match.Success)
        {
            return null;
        }

        var year = Number(match, "year");
        var month = Number(match, "month");
        var day = Number(match, "day");
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var moment = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        if (match.Groups["hour"].Success)
        {
            if (TimeOf(match) is not { } time)
            {
                return null;
            }

            moment += time;
        }

        var offset = TimeSpan.Zero;
        if (match.Groups["sign"].Success)
        {
            offset = new TimeSpan(Number(match, "zoneHour"), match.Groups["zoneMinute"].Success ? Number(match, "zoneMinute") : 0, 0);
            offset = match.Groups["sign"].Value == "-" ? -offset : offset;
        }

        return (moment, offset);
    }

    private static TimeSpan? TimeOf(Match match)
    {
        var hour = Number(match, "hour");
        var minute = Number(match, "minute");
        var second = match.Groups["second"].Success ? Number(match, "second") : 0;
        if (hour > 23 || minute > 59 || second > 59)
        {
            return hour == 24 && minute == 0 && second == 0 ? TimeSpan.FromDays(1) : null;
        }

        var fraction = match.Groups["fraction"].Value;
        if (fraction.Length > 6)
        {
            return null;
        }

        return new TimeSpan(hour, minute, second)
            + TimeSpan.FromMicroseconds(fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0'), CultureInfo.InvariantCulture));
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})(?:(?:\s+|T)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?\s*(?:Z|UTC|(?<sign>[+-])(?<zoneHour>\d{1,2})(?::?(?<zoneMinute>\d{2}))?)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MomentPattern();

    [GeneratedRegex(@"^(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();
}
