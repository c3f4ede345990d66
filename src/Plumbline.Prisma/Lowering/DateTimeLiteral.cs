using System.Globalization;

namespace Plumbline.Prisma.Lowering;

/// <summary>A point in time as a Prisma schema has it (RFC 3339), and as PostgreSQL prints it in the types that can hold it.</summary>
/// <param name="Local">Date and time as written, without offset.</param>
/// <param name="Offset">The offset that was written.</param>
internal readonly record struct DateTimeLiteral(DateTime Local, TimeSpan Offset)
{
    /// <summary>Reads one.</summary>
    /// <param name="text">What the schema says.</param>
    /// <param name="literal">The point in time.</param>
    /// <returns>False for what is none, and for what PostgreSQL would round, carry over or refuse (more than six digits, second 60, year 0).</returns>
    public static bool TryParse(string text, out DateTimeLiteral literal)
    {
        literal = default;
        if (text.Length < 20 || text[10] is not ('T' or 't' or ' '))
        {
            return false;
        }

        var zone = text.AsSpan(19).IndexOfAny("Zz+-") + 19;
        if (zone < 19 || (zone > 19 && (text[19] != '.' || zone == 20 || zone > 26)))
        {
            return false;
        }

        var offset = TimeSpan.Zero;
        if (text[zone] is 'Z' or 'z')
        {
            if (text.Length != zone + 1)
            {
                return false;
            }
        }
        else if (!TimeSpan.TryParseExact(text.AsSpan(zone + 1), @"hh\:mm", CultureInfo.InvariantCulture, out offset))
        {
            return false;
        }
        else if (text[zone] == '-')
        {
            offset = -offset;
        }

        var time = $"{text.AsSpan(0, 10)}T{text.AsSpan(11, 8)}";
        if (!DateTime.TryParseExact(time, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        var fraction = text.AsSpan(19, zone - 19).TrimStart('.');
        if (fraction.Length > 0)
        {
            if (!long.TryParse(fraction, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            local = local.AddTicks(value * (long)Math.Pow(10, 7 - fraction.Length));
        }

        literal = new DateTimeLiteral(local, offset);

        // In UTC, in which timestamptz is printed, it must stay a date of the common era.
        var ticks = local.Ticks - offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>As PostgreSQL prints it in a type, where the time zone is UTC; null for a type that holds no time.</summary>
    /// <param name="type">The type's name without modifiers.</param>
    public string? In(string type) => type switch
    {
        // A type without time zone ignores the offset.
        "timestamp without time zone" => Format(Local, "yyyy-MM-dd HH:mm:ss"),
        "timestamp with time zone" => Format(Local - Offset, "yyyy-MM-dd HH:mm:ss") + "+00",
        "date" => Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "time without time zone" => Format(Local, "HH:mm:ss"),
        "time with time zone" => Format(Local, "HH:mm:ss") + FormatOffset(),
        _ => null,
    };

    private static string Format(DateTime value, string format)
    {
        var text = value.ToString(format + ".ffffff", CultureInfo.InvariantCulture);
        return text.TrimEnd('0').TrimEnd('.');
    }

    private string FormatOffset()
    {
        var format = Offset.Minutes == 0 ? @"hh" : @"hh\:mm";
        return (Offset < TimeSpan.Zero ? "-" : "+") + Offset.ToString(format, CultureInfo.InvariantCulture);
    }
}
