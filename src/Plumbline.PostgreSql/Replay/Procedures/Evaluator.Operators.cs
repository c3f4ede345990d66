using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <content>Operators and casts.</content>
internal sealed partial class Evaluator
{
    private PlValue? Operator(string symbol, PlValue? left, PlValue? right, bool isPrefix, SqlExpr e)
    {
        if (isPrefix)
        {
            return (symbol, right) switch
            {
                (_, null) => null,
                ("-", NumberValue n) => new NumberValue(-n.Number),
                ("+", NumberValue n) => n,
                _ => throw Unknown(e),
            };
        }

        if (left is null || right is null)
        {
            // An array keeps its items when NULL is put behind it; no other operator here takes NULL.
            return symbol == "||" && (left ?? right) is ArrayValue some ? some : null;
        }

        switch (symbol)
        {
            case "=": return BooleanValue.Of(Compare(left, right, e) == 0);
            case "<>": return BooleanValue.Of(Compare(left, right, e) != 0);
            case "<": return BooleanValue.Of(Order(left, right, e) < 0);
            case ">": return BooleanValue.Of(Order(left, right, e) > 0);
            case "<=": return BooleanValue.Of(Order(left, right, e) <= 0);
            case ">=": return BooleanValue.Of(Order(left, right, e) >= 0);
            case "||": return Concatenate(left, right, e);
            case "+" or "-" or "*" or "/" or "%": return Arithmetic(symbol, left, right);
            case "~": return Match(left, right, false, e);
            case "~*": return Match(left, right, true, e);
            case "!~": return Negate(Match(left, right, false, e), true);
            case "!~*": return Negate(Match(left, right, true, e), true);
            case "~~": return Like(left, right, false, e);
            case "~~*": return Like(left, right, true, e);
            case "!~~": return Negate(Like(left, right, false, e), true);
            case "!~~*": return Negate(Like(left, right, true, e), true);
            case "@>" when Items(left) is { } a && Items(right) is { } b: return BooleanValue.Of(b.All(x => Contains(a, x, e)));
            case "<@" when Items(left) is { } a && Items(right) is { } b: return BooleanValue.Of(a.All(x => Contains(b, x, e)));
            case "&&" when Items(left) is { } a && Items(right) is { } b: return BooleanValue.Of(a.Any(x => Contains(b, x, e)));
            default: throw Unknown(e);
        }
    }

    // The order of texts is that of the database's collation; only equality is known.
    private int Order(PlValue left, PlValue right, SqlExpr e) => left is TextValue && right is TextValue ? throw Unknown(e) : Compare(left, right, e);

    private static ImmutableArray<PlValue?>? Items(PlValue value) => value switch
    {
        ArrayValue array => array.Items,
        TextValue text => PlValues.ReadArray(text.Text)?.Items,
        _ => null,
    };

    private bool Contains(ImmutableArray<PlValue?> items, PlValue? value, SqlExpr e)
    {
        Use(items.Length);
        return value is not null && items.Any(item => item is not null && Compare(item, value, e) == 0);
    }

    private PlValue Concatenate(PlValue left, PlValue right, SqlExpr e)
    {
        execution.Budget.Allow(left.Size + right.Size);
        return Concatenated(left, right, e);
    }

    private PlValue Concatenated(PlValue left, PlValue right, SqlExpr e) => (left, right) switch
    {
        (ArrayValue a, ArrayValue b) => new ArrayValue(a.Items.AddRange(b.Items)),
        (ArrayValue a, TextValue b) when PlValues.ReadArray(b.Text) is { } read => new ArrayValue(a.Items.AddRange(read.Items)),
        (ArrayValue a, _) => new ArrayValue(a.Items.Add(right)),
        (_, ArrayValue b) => new ArrayValue(b.Items.Insert(0, left)),
        _ => new TextValue(AsText(left, e) + AsText(right, e)),
    };

    private static NumberValue Arithmetic(string symbol, PlValue left, PlValue right)
    {
        if (Number(left) is not { } a || Number(right) is not { } b)
        {
            throw new UnknownValueException($"an operator {symbol} on values that are not numbers");
        }

        if (b == 0 && symbol is "/" or "%")
        {
            throw new RefusedException("22012", "division by zero");
        }

        try
        {
            return new NumberValue(symbol switch
            {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a == decimal.Truncate(a) && b == decimal.Truncate(b) ? decimal.Truncate(a / b) : a / b,
                _ => a % b,
            });
        }
        catch (OverflowException)
        {
            throw new UnknownValueException("a number that is too large");
        }
    }

    private static decimal? Number(PlValue value) => value switch
    {
        NumberValue n => n.Number,
        TextValue t => PlValues.TryNumber(t.Text),
        _ => null,
    };

    private string AsText(PlValue value, SqlExpr e) => value switch
    {
        BooleanValue b => b.Value ? "true" : "false",
        _ => PlValues.Print(Database, value) ?? throw Unknown(e),
    };

    private BooleanValue? Match(PlValue? text, PlValue? pattern, bool ignoreCase, SqlExpr e)
    {
        if (text is null || pattern is null)
        {
            return null;
        }

        var matched = AsText(text, e);
        return BooleanValue.Of(Pattern(AsText(pattern, e), matched, ignoreCase, e).IsMatch(matched));
    }

    // Without backtracking, which may take for ever. What needs it (a reference to a group, a look around) is not known.
    private Regex Pattern(string pattern, string text, bool ignoreCase, SqlExpr e)
    {
        var repetitions = Repetitions(pattern);
        if (pattern.Length > ReadingBudget.PatternLength || repetitions > ReadingBudget.PatternLength)
        {
            throw execution.Budget.Exceeded(ValueLimits.RegularExpression);
        }

        Use(pattern.Length + ((long)text.Length * pattern.Length * repetitions / CharactersMade));
        try
        {
            // PostgreSQL's \m, \M, \y and \Y are not .NET's.
            var translated = pattern.Replace("\\m", "\\b(?=\\w)", StringComparison.Ordinal).Replace("\\M", "\\b(?<=\\w)", StringComparison.Ordinal)
                .Replace("\\y", "\\b", StringComparison.Ordinal).Replace("\\Y", "\\B", StringComparison.Ordinal);
            return new Regex(translated, RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking
                | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw Unknown(e);
        }
    }

    // How often the repetitions with a number repeat something at most, those inside of others multiplied.
    private static long Repetitions(string pattern)
    {
        var product = 1L;
        for (var i = 0; i < pattern.Length && product <= ReadingBudget.PatternLength; i++)
        {
            if (pattern[i] != '{')
            {
                continue;
            }

            var number = 0L;
            var largest = 1L;
            for (i++; i < pattern.Length && (char.IsAsciiDigit(pattern[i]) || pattern[i] == ','); i++)
            {
                number = pattern[i] == ',' ? 0 : Math.Min((number * 10) + (pattern[i] - '0'), int.MaxValue);
                largest = Math.Max(largest, number);
            }

            product *= largest;
        }

        return product;
    }

    private BooleanValue? Like(PlValue? text, PlValue? pattern, bool ignoreCase, SqlExpr e)
    {
        if (text is null || pattern is null)
        {
            return null;
        }

        var regex = new StringBuilder("^");
        var like = AsText(pattern, e);
        var matched = AsText(text, e);
        if (like.Length > ReadingBudget.PatternLength)
        {
            throw execution.Budget.Exceeded(ValueLimits.Pattern);
        }

        Use(like.Length + ((long)matched.Length * like.Length / CharactersMade));
        for (var i = 0; i < like.Length; i++)
        {
            if (like[i] == '\\' && i + 1 < like.Length)
            {
                regex.Append(Regex.Escape(like[++i].ToString()));
            }
            else
            {
                regex.Append(like[i] switch { '%' => ".*", '_' => ".", var c => Regex.Escape(c.ToString()) });
            }
        }

        try
        {
            var options = RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking | (ignoreCase ? RegexOptions.IgnoreCase
                : RegexOptions.None);
            return BooleanValue.Of(new Regex(regex.Append('$').ToString(), options).IsMatch(matched));
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException)
        {
            throw Unknown(e);
        }
    }

    /// <summary>A value in another type.</summary>
    /// <exception cref="RefusedException">It cannot be that.</exception>
    public PlValue? Cast(PlValue? value, SqlTypeName type, SqlExpr e)
    {
        if (value is null)
        {
            return null;
        }

        if (type.IsArray || type.Name.Name.StartsWith('_'))
        {
            var array = value as ArrayValue ?? (value is TextValue text ? PlValues.ReadArray(text.Text) ?? throw Malformed(text.Text) : throw Unknown(e));
            var element = type with { ArrayBounds = [] };
            return new ArrayValue([.. array.Items.Select(item => item is ArrayValue ? item : Cast(item, element, e))]);
        }

        var name = type.Name.Name;
        if (ObjectNames.IsOidType(name))
        {
            return value switch
            {
                OidValue oid => oid with { Type = name },
                NumberValue n when n.Number is >= 0 and <= uint.MaxValue => new OidValue((uint)n.Number, name),
                TextValue t => ObjectNames.Find(execution, t.Text, name, missingOk: false),
                _ => throw Unknown(e),
            };
        }

        return name switch
        {
            "text" or "varchar" or "bpchar" or "citext" or "char" when value is RecordValue or UnknownValue => throw Unknown(e),
            "text" or "citext" => new TextValue(AsText(value, e)),
            "varchar" => new TextValue(Shorten(AsText(value, e), type)),
            "name" => new TextValue(Sql.Lexing.TokenText.Cut(AsText(value, e))),
            "bpchar" or "char" when value is TextValue => value,
            "int2" or "int4" or "int8" => Integer(value, name, e),
            "numeric" or "float4" or "float8" => new NumberValue(Number(value) ?? throw Unknown(e)),
            "bool" => value switch
            {
                BooleanValue => value,
                NumberValue n => BooleanValue.Of(n.Number != 0),
                TextValue t => PlValues.TryBoolean(t.Text) is { } b ? BooleanValue.Of(b)
                    : throw new RefusedException("22P02", $"invalid input syntax for type boolean: \"{t.Text}\""),
                _ => throw Unknown(e),
            },
            _ => value is TextValue ? value : throw Unknown(e),
        };
    }

    private static RefusedException Malformed(string text) =>
        new(new SqlError("22P02", $"malformed array literal: \"{text}\"")
        {
            Detail = text.TrimStart().StartsWith('{') ? null
            : "Array value must start with \"{\" or dimension information."
        });

    private static string Shorten(string text, SqlTypeName type) =>
        type.Modifiers is [ConstantExpr { Text: var length }] && int.TryParse(length, out var n) && text.Length > n ? text[..n] : text;

    private PlValue Integer(PlValue value, string type, SqlExpr e)
    {
        if (value is BooleanValue b)
        {
            return new NumberValue(b.Value ? 1 : 0);
        }

        if (value is OidValue oid)
        {
            return new NumberValue(oid.Oid);
        }

        var word = type switch { "int2" => "smallint", "int4" => "integer", _ => "bigint" };
        if (value is TextValue text)
        {
            return long.TryParse(text.Text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
                ? new NumberValue(parsed)
                : throw new RefusedException("22P02", $"invalid input syntax for type {word}: \"{text.Text}\"");
        }

        return new NumberValue(decimal.Round(Number(value) ?? throw Unknown(e), MidpointRounding.AwayFromZero));
    }
}
