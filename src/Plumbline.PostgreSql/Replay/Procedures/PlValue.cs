using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Replay.Objects;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>Thrown where a value depends on what no replay can know.</summary>
/// <param name="reason">What it depends on, as the end of a sentence that begins with "It depends on".</param>
internal sealed class UnknownValueException(string reason) : Exception(reason);

/// <summary>A value of a PL/pgSQL block. NULL is C#'s null.</summary>
internal abstract record PlValue
{
    /// <summary>Characters and items that it consists of, those of an item that it has several times counted as often.</summary>
    public virtual long Size => 1;

    /// <summary>The size of several values together.</summary>
    public static long SizeOf(ImmutableArray<PlValue?> items)
    {
        var size = (long)items.Length;
        foreach (var item in items)
        {
            size += item?.Size ?? 1;
        }

        return size;
    }
}

/// <summary>A text, name, "char" or a value of any type that is handled as text.</summary>
/// <param name="Text">Its text.</param>
internal sealed record TextValue(string Text) : PlValue
{
    /// <inheritdoc/>
    public override long Size => Text.Length;
}

/// <summary>A whole number.</summary>
/// <param name="Number">It.</param>
internal sealed record NumberValue(decimal Number) : PlValue;

/// <summary>A boolean.</summary>
/// <param name="Value">It.</param>
internal sealed record BooleanValue(bool Value) : PlValue
{
    /// <summary>True.</summary>
    public static BooleanValue True { get; } = new(true);

    /// <summary>False.</summary>
    public static BooleanValue False { get; } = new(false);

    /// <summary>One of the two.</summary>
    public static BooleanValue Of(bool value) => value ? True : False;
}

/// <summary>An object's number, or one of the types that print an object's name for it.</summary>
/// <param name="Oid">The number.</param>
/// <param name="Type"><c>oid</c>, <c>regclass</c>, <c>regtype</c>, <c>regnamespace</c>, <c>regrole</c>, <c>regproc</c> or <c>regprocedure</c>.</param>
internal sealed record OidValue(uint Oid, string Type) : PlValue;

/// <summary>An array.</summary>
/// <param name="Items">Its items.</param>
internal sealed record ArrayValue(ImmutableArray<PlValue?> Items) : PlValue
{
    /// <inheritdoc/>
    public override long Size { get; } = SizeOf(Items);

    /// <inheritdoc/>
    public bool Equals(ArrayValue? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        // Items behind the first few rarely make a difference.
        const int hashed = 8;
        var hash = default(HashCode);
        hash.Add(Items.Length);
        for (var i = 0; i < Math.Min(Items.Length, hashed); i++)
            hash.Add(Items[i]);

        return hash.ToHashCode();
    }
}

/// <summary>A row.</summary>
/// <param name="Names">Names of its fields.</param>
/// <param name="Items">Their values.</param>
internal sealed record RecordValue(ImmutableArray<string> Names, ImmutableArray<PlValue?> Items) : PlValue
{
    /// <inheritdoc/>
    public override long Size => SizeOf(Items);

    /// <summary>The value of a field; an <see cref="UnknownValue"/> where nobody knows it.</summary>
    /// <returns>Whether there is such a field.</returns>
    public bool TryGet(string name, out PlValue? value)
    {
        var index = Names.IndexOf(name);
        value = index < 0 ? null : Items[index];
        return index >= 0;
    }
}

/// <summary>What is in a variable, or in a row, where nobody can know the value.</summary>
/// <param name="Reason">What it depends on.</param>
internal sealed record UnknownValue(string Reason) : PlValue;

/// <summary>Comparing and printing values.</summary>
internal static class PlValues
{
    /// <summary>Compares two values, neither of which is NULL; null where they cannot be compared.</summary>
    public static int? Compare(PlValue left, PlValue right)
    {
        switch (left, right)
        {
            case (TextValue a, TextValue b): return string.CompareOrdinal(a.Text, b.Text);
            case (NumberValue a, NumberValue b): return a.Number.CompareTo(b.Number);
            case (BooleanValue a, BooleanValue b): return a.Value.CompareTo(b.Value);
            case (OidValue a, OidValue b): return a.Oid.CompareTo(b.Oid);
            case (OidValue a, NumberValue b): return ((decimal)a.Oid).CompareTo(b.Number);
            case (NumberValue a, OidValue b): return a.Number.CompareTo(b.Oid);
            case (TextValue a, NumberValue b): return TryNumber(a.Text) is { } x ? x.CompareTo(b.Number) : null;
            case (NumberValue a, TextValue b): return TryNumber(b.Text) is { } y ? a.Number.CompareTo(y) : null;
            case (TextValue a, BooleanValue b): return TryBoolean(a.Text) is { } p ? p.CompareTo(b.Value) : null;
            case (BooleanValue a, TextValue b): return TryBoolean(b.Text) is { } q ? a.Value.CompareTo(q) : null;
            case (ArrayValue a, ArrayValue b):
                for (var i = 0; i < a.Items.Length && i < b.Items.Length; i++)
                {
                    if (a.Items[i] is not { } first || b.Items[i] is not { } second)
                    {
                        return null;
                    }

                    if (Compare(first, second) is not 0 and var order)
                    {
                        return order;
                    }
                }

                return a.Items.Length.CompareTo(b.Items.Length);
            default: return null;
        }
    }

    /// <summary>The number that a text is; else null.</summary>
    public static decimal? TryNumber(string text) =>
        decimal.TryParse(text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The boolean that a text is; else null ("Boolean Type").</summary>
    public static bool? TryBoolean(string text)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word.Length == 0)
        {
            return null;
        }

        return "true".StartsWith(word, StringComparison.Ordinal) || "yes".StartsWith(word, StringComparison.Ordinal) || word is "on" or "1" ? true
            : "false".StartsWith(word, StringComparison.Ordinal) || "no".StartsWith(word, StringComparison.Ordinal) || word is "of" or "off" or "0" ? false
            : null;
    }

    /// <summary>The value as its type's output function prints it; null for NULL.</summary>
    public static string? Print(Database database, PlValue? value) => value switch
    {
        null => null,
        TextValue v => v.Text,
        NumberValue v => v.Number.ToString(CultureInfo.InvariantCulture),
        BooleanValue v => v.Value ? "t" : "f",
        OidValue v => ObjectNames.Print(database, v),
        ArrayValue v => PrintArray(database, v),
        RecordValue v => $"({string.Join(',', v.Items.Select(item => PrintField(Print(database, item))))})",
        UnknownValue v => throw new UnknownValueException(v.Reason),
        _ => throw new UnknownValueException("a value of an unusual type"),
    };

    private static string PrintArray(Database database, ArrayValue array)
    {
        var text = new StringBuilder("{");
        for (var i = 0; i < array.Items.Length; i++)
        {
            text.Append(i == 0 ? "" : ",");
            var item = array.Items[i];
            var printed = Print(database, item);
            if (item is ArrayValue || printed is null)
            {
                text.Append(printed ?? "NULL");
            }
            else if (printed.Length == 0 || printed.Equals("null", StringComparison.OrdinalIgnoreCase) || printed.AsSpan()
                .IndexOfAny("{},\"\\ \t\n\r\v\f") >= 0)
            {
                text.Append('"').Append(printed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                text.Append(printed);
            }
        }

        return text.Append('}').ToString();
    }

    private static string PrintField(string? text)
    {
        if (text is null)
        {
            return "";
        }

        return text.Length == 0 || text.AsSpan().IndexOfAny("(),\"\\ \t\n\r\v\f") >= 0
            ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    /// <summary>The array that a text is ("Array Input and Output Syntax"), its items as text; null where it is none.</summary>
    public static ArrayValue? ReadArray(string text)
    {
        var position = 0;
        var array = ReadArray(text.Trim(), ref position, 0);
        return array is not null && position == text.Trim().Length ? array : null;
    }

    private static ArrayValue? ReadArray(string text, ref int position, int depth)
    {
        if (depth > 6 || position >= text.Length || text[position] != '{')
        {
            return null;
        }

        position++;
        var items = ImmutableArray.CreateBuilder<PlValue?>();
        while (true)
        {
            Skip(text, ref position);
            if (position >= text.Length)
            {
                return null;
            }

            if (text[position] == '}' && items.Count == 0)
            {
                position++;
                return new ArrayValue([]);
            }

            if (text[position] == '{')
            {
                if (ReadArray(text, ref position, depth + 1) is not { } inner)
                {
                    return null;
                }

                items.Add(inner);
            }
            else
            {
                items.Add(ReadItem(text, ref position));
            }

            Skip(text, ref position);
            if (position >= text.Length)
            {
                return null;
            }

            var separator = text[position++];
            if (separator == '}')
            {
                return new ArrayValue(items.ToImmutable());
            }

            if (separator != ',')
            {
                return null;
            }
        }
    }

    private static TextValue? ReadItem(string text, ref int position)
    {
        var item = new StringBuilder();
        var isQuoted = text[position] == '"';
        if (isQuoted)
        {
            position++;
        }

        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (isQuoted ? c == '"' : c is ',' or '}')
            {
                break;
            }

            if (c == '\\' && position + 1 < text.Length)
            {
                c = text[++position];
            }

            item.Append(c);
        }

        if (isQuoted)
        {
            position++;
            return new TextValue(item.ToString());
        }

        var plain = item.ToString().TrimEnd();
        return plain.Equals("null", StringComparison.OrdinalIgnoreCase) ? null : new TextValue(plain);
    }

    private static void Skip(string text, ref int position)
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }
}
