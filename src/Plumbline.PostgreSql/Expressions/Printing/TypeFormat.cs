using System.Globalization;
using Plumbline.PostgreSql.Builtins;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Expressions.Printing;

/// <summary>Types as <c>format_type</c> prints them.</summary>
internal static class TypeFormat
{
    private static readonly string[] IntervalFields =
        ["", "year", "month", "year to month", "day", "hour", "minute", "second", "day to hour", "day to minute", "day to second", "hour to minute", "hour to second", "minute to second"];

    private static readonly int[] IntervalMasks =
    [
        0x7FFF, 1 << 2, 1 << 1, (1 << 2) | (1 << 1), 1 << 3, 1 << 10, 1 << 11, 1 << 12, (1 << 3) | (1 << 10), (1 << 3) | (1 << 10) | (1 << 11),
        (1 << 3) | (1 << 10) | (1 << 11) | (1 << 12), (1 << 10) | (1 << 11), (1 << 10) | (1 << 11) | (1 << 12), (1 << 11) | (1 << 12),
    ];

    /// <summary>Where no modifier is asked for, bit and character are printed by the names that would else give them the length 1.</summary>
    internal const int NotAsked = -2;

    /// <summary>The type's name with its modifier, qualified where the search path does not find it.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="oid">The type's number.</param>
    /// <param name="modifier">Its modifier; -1 for a type that could have one and has none; left out, it is not asked for (<c>format_type_be</c>).</param>
    public static string Format(IObjectCatalog catalog, uint oid, int modifier = NotAsked)
    {
        if (oid == 0)
        {
            return "-";
        }

        if (catalog.GetType(oid) is not { } type)
        {
            return "???";
        }

        if (type.IsArray && !IsVector(oid) && catalog.GetType(type.ElementOid) is not null)
        {
            return Format(catalog, type.ElementOid, modifier) + "[]";
        }

        if (SqlName(oid, modifier) is { } name)
        {
            return name;
        }

        var own = Identifiers.Quote(type.Name);
        if (!Visibility.IsTypeVisible(catalog, type))
        {
            own = Identifiers.Quote(type.Schema) + "." + own;
        }

        return modifier >= 0 ? own + FormatModifier(type, modifier) : own;
    }

    /// <summary>The type as the neutral model has it.</summary>
    /// <param name="catalog">The database.</param>
    /// <param name="oid">The type's number.</param>
    /// <param name="modifier">Its modifier; -1 for none.</param>
    public static ColumnType ToColumnType(IObjectCatalog catalog, uint oid, int modifier)
    {
        if (catalog.GetType(oid) is not { } type)
        {
            return new ColumnType("???");
        }

        var isArray = type.IsArray && !IsVector(oid);
        var element = isArray ? catalog.GetType(type.ElementOid) ?? type : type;
        return ToColumnType(element, isArray, modifier, Modifiers(element, modifier));
    }

    /// <summary>The type as the neutral model has it.</summary>
    /// <param name="element">The type, or the type of the array's elements.</param>
    /// <param name="isArray">Whether it is an array.</param>
    /// <param name="modifier">Its modifier; -1 for none.</param>
    /// <param name="modifiers">What is in its parentheses; null where there are none.</param>
    public static ColumnType ToColumnType(PgType element, bool isArray, int modifier, string? modifiers)
    {
        var name = element.Schema == "pg_catalog"
            ? SqlName(element.Oid, element.Oid == TypeOids.BpChar && modifier < 0 ? -1 : NotAsked) ?? element.Name
            : element.Name;

        // "char" is one byte, char is character(1): only this name has its quotes in the model.
        return new ColumnType(element.Oid == TypeOids.Char ? name : name.Trim('"'), element.Schema == "pg_catalog" ? null : element.Schema, modifiers, isArray);
    }

    /// <summary>What is in a type's parentheses, such as <c>65,30</c>; for an interval with fields those too; null where there are none.</summary>
    public static string? Modifiers(PgType type, int modifier)
    {
        if (modifier < 0)
        {
            return null;
        }

        var printed = FormatModifier(type, modifier);
        return printed.Length == 0 ? null : printed.StartsWith('(') && printed.EndsWith(')') ? printed[1..^1] : printed.Trim();
    }

    // int2vector and oidvector are arrays that are printed by their own names.
    private static bool IsVector(uint oid) => oid is TypeOids.Int2Vector or TypeOids.OidVector;

    /// <summary>The name by which SQL knows a built-in type, with its modifier; null where it is the type's own name.</summary>
    private static string? SqlName(uint oid, int modifier) => oid switch
    {
        TypeOids.Bit => modifier >= 0 ? $"bit{Length(modifier)}" : modifier == -1 ? "\"bit\"" : "bit",
        TypeOids.Bool => "boolean",
        TypeOids.BpChar => modifier >= 0 ? $"character{Length(modifier - 4)}" : modifier == -1 ? "bpchar" : "character",
        TypeOids.Char => "\"char\"",
        TypeOids.Float4 => "real",
        TypeOids.Float8 => "double precision",
        TypeOids.Int2 => "smallint",
        TypeOids.Int4 => "integer",
        TypeOids.Int8 => "bigint",
        TypeOids.Numeric => modifier >= 0 ? "numeric" + NumericModifier(modifier) : "numeric",
        TypeOids.Interval => modifier >= 0 ? "interval" + IntervalModifier(modifier) : "interval",
        TypeOids.Time => modifier >= 0 ? $"time{Length(modifier)} without time zone" : "time without time zone",
        TypeOids.TimeTz => modifier >= 0 ? $"time{Length(modifier)} with time zone" : "time with time zone",
        TypeOids.Timestamp => modifier >= 0 ? $"timestamp{Length(modifier)} without time zone" : "timestamp without time zone",
        TypeOids.TimestampTz => modifier >= 0 ? $"timestamp{Length(modifier)} with time zone" : "timestamp with time zone",
        TypeOids.VarBit => modifier >= 0 ? $"bit varying{Length(modifier)}" : "bit varying",
        TypeOids.VarChar => modifier >= 0 ? $"character varying{Length(modifier - 4)}" : "character varying",
        _ => null,
    };

    private static string FormatModifier(PgType type, int modifier) => type.Oid switch
    {
        TypeOids.BpChar or TypeOids.VarChar => Length(modifier - 4),
        TypeOids.Numeric => NumericModifier(modifier),
        TypeOids.Interval => IntervalModifier(modifier),
        _ => Length(modifier),
    };

    private static string Length(int value) => string.Create(CultureInfo.InvariantCulture, $"({value})");

    private static string NumericModifier(int modifier)
    {
        var packed = modifier - 4;
        var scale = ((packed & 0x7FF) ^ 1024) - 1024;
        return string.Create(CultureInfo.InvariantCulture, $"({(packed >> 16) & 0xFFFF},{scale})");
    }

    private static string IntervalModifier(int modifier)
    {
        var fields = Array.IndexOf(IntervalMasks, (modifier >> 16) & 0x7FFF);
        var precision = modifier & 0xFFFF;
        var name = fields > 0 ? " " + IntervalFields[fields] : "";
        return precision == 0xFFFF ? name : name + Length(precision);
    }

    /// <summary>The modifier of an interval with these fields and precision.</summary>
    /// <param name="fields">The fields in lower case; null for all.</param>
    /// <param name="precision">Digits of the seconds; -1 where none are written.</param>
    public static int PackInterval(string? fields, int precision)
    {
        var index = fields is null ? 0 : Array.IndexOf(IntervalFields, fields);
        return ((index < 0 ? 0x7FFF : IntervalMasks[index]) << 16) | (precision < 0 ? 0xFFFF : precision);
    }
}
