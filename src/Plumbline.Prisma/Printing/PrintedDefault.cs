using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Lowering;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Printing;

/// <summary>Defaults of columns as a Prisma schema says them. What would not come back as it was is said as <c>dbgenerated("…")</c>.</summary>
internal static class PrintedDefault
{
    private static readonly SourceLocation Nowhere = new("", 1, 1, 1, 1);

    /// <summary>What is in the parentheses of <c>@default</c>; null where the column has none.</summary>
    /// <param name="column">The column.</param>
    /// <param name="type">Its type as it is printed.</param>
    /// <param name="enumType">The enum of its type, and the names of its values by those in the database; null for another type.</param>
    /// <param name="isSerial">Whether its default comes from a sequence of its own.</param>
    public static string? Of(Column column, PrintedType type, IReadOnlyDictionary<string, string>? enumType, bool isSerial)
    {
        if (column.Generated is { } generated)
        {
            // Of an enum, Prisma takes dbgenerated() for no default at all.
            return enumType is not null && generated.IsCanonical ? $"dbgenerated({PrismaText.Quote(generated.Text)})" : "dbgenerated()";
        }

        if (column.Identity != IdentityKind.None || isSerial)
        {
            return "autoincrement()";
        }

        if (column.Default is not { } expression)
        {
            return null;
        }

        if (type.Kind == PrintedTypeKind.Scalar && type.Name == "DateTime" && !column.Type.IsArray && expression.Text is "CURRENT_TIMESTAMP" or "now()")
        {
            return "now()";
        }

        return Literal(expression.Text, column.Type, type, enumType) ?? $"dbgenerated({PrismaText.Quote(expression.Text)})";
    }

    private static string? Literal(string text, ColumnType columnType, PrintedType type, IReadOnlyDictionary<string, string>? enumType)
    {
        if (type.Kind == PrintedTypeKind.Unsupported)
        {
            return null;
        }

        if (!columnType.IsArray)
        {
            return ConstantReader.Scalar(text) is { } constant ? Element(constant, columnType, type, enumType, text) : null;
        }

        if (ConstantReader.Array(text) is not { } constants)
        {
            return null;
        }

        if (constants.Count == 0)
        {
            return "[]";
        }

        var elements = new List<(string Text, ExpressionSyntax? Value)>(constants.Count);
        foreach (var constant in constants)
        {
            if (enumType is not null)
            {
                if (!enumType.TryGetValue(constant, out var name))
                {
                    return null;
                }

                elements.Add((name, null));
            }
            else if (Value(constant, columnType.Name, type.Name) is { } value)
            {
                elements.Add((Write(value), value));
            }
            else
            {
                return null;
            }
        }

        var list = new ListDefault(
            [.. elements.Where(e => e.Value is not null).Select(e => (DefaultValue)new LiteralDefault(e.Value!, null, Nowhere))], null, Nowhere);
        return enumType is not null || DefaultExpressions.Of(list, columnType)?.Text == text ? $"[{string.Join(", ", elements.Select(e => e.Text))}]" : null;
    }

    private static string? Element(string constant, ColumnType columnType, PrintedType type, IReadOnlyDictionary<string, string>? enumType, string text)
    {
        if (enumType is not null)
        {
            return enumType.GetValueOrDefault(constant);
        }

        // Only what the lowering brings back as it is is a literal of the schema.
        return Value(constant, columnType.Name, type.Name) is { } value &&
            DefaultExpressions.Of(new LiteralDefault(value, null, Nowhere), columnType)?.Text == text
            ? Write(value)
            : null;
    }

    private static ExpressionSyntax? Value(string constant, string columnType, string scalar)
    {
        switch (scalar)
        {
            case "Boolean":
                return new ConstantSyntax(constant, default);
            case "Int" or "BigInt" or "Float" or "Decimal":
                return NumericLiteral.ToPlain(constant) is { } number ? new NumberSyntax(number, default) : null;
            case "Bytes":
                return constant.StartsWith(@"\x", StringComparison.Ordinal) && constant.Length % 2 == 0 &&
                    !constant.AsSpan(2).ContainsAnyExcept("0123456789abcdef")
                    ? new StringSyntax(Convert.ToBase64String(Convert.FromHexString(constant.AsSpan(2))), default)
                    : null;
            case "DateTime":
                var time = constant.Replace(' ', 'T');
                return columnType switch
                {
                    "timestamp without time zone" => new StringSyntax(time + "Z", default),
                    "timestamp with time zone" when time.EndsWith("+00", StringComparison.Ordinal) => new StringSyntax(time[..^3] + "Z", default),
                    "date" => new StringSyntax(time + "T00:00:00Z", default),
                    _ => null,
                };
            default:
                return new StringSyntax(constant, default);
        }
    }

    private static string Write(ExpressionSyntax value) => value switch
    {
        StringSyntax text => PrismaText.Quote(text.Value),
        NumberSyntax number => number.Text,
        ConstantSyntax constant => constant.Text,
        _ => "",
    };
}
