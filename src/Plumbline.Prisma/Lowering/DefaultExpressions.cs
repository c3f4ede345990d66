using System.Globalization;
using System.Net;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Model;

namespace Plumbline.Prisma.Lowering;

/// <summary>
/// Defaults of columns, in the form in which PostgreSQL prints them (<c>pg_get_expr</c>) after Prisma's <c>CREATE TABLE</c>. A literal takes the column's type
/// and is
/// printed with it; a cast that PostgreSQL adds by itself is not printed; the elements of <c>ARRAY[…]::type[]</c> are cast one by one, and those casts are.
/// </summary>
internal static class DefaultExpressions
{
    /// <summary>The default of a column; null where the database gets none.</summary>
    /// <param name="value">What the schema says.</param>
    /// <param name="type">The column's type.</param>
    public static SqlExpression? Of(DefaultValue value, ColumnType type) => value switch
    {
        FunctionDefault { Name: "now" } => new SqlExpression("CURRENT_TIMESTAMP", IsCanonical: true),
        FunctionDefault { Name: "dbgenerated", Text: { Length: > 0 } sql } => new SqlExpression(sql, IsCanonical: false),
        FunctionDefault => null,
        ListDefault list when type.IsArray => OfList(list, type with { IsArray = false }),
        EnumDefault or LiteralDefault when !type.IsArray => OfScalar(value, type),
        _ => null,
    };

    private static SqlExpression? OfScalar(DefaultValue value, ColumnType type)
    {
        if (ReadNumber(value, type) is { } number)
        {
            return new SqlExpression(number.ToString(), IsCanonical: true);
        }

        return Read(value, type) is not var (text, isCanonical)
            ? null
            : new SqlExpression(WithType(text, TypeName(type with { Modifiers = null })), isCanonical);
    }

    private static SqlExpression? OfList(ListDefault list, ColumnType element)
    {
        var typeName = TypeName(element);
        if (list.Elements.IsEmpty)
        {
            var bare = TypeName(element with { Modifiers = null });
            var empty = $"ARRAY[]::{bare}[]";
            return new SqlExpression(element.Modifiers is null ? empty : $"({empty})::{typeName}[]", IsCanonical: true);
        }

        var elements = new List<string>(list.Elements.Length);
        var allCanonical = true;
        foreach (var item in list.Elements)
        {
            if (ReadNumber(item, element) is { } number)
            {
                elements.Add(number.Type != element.Name ? $"({number})::{typeName}" : element.Modifiers is null ? number.ToString() : $"{number.Unlabelled}::{typeName}");
            }
            else if (Read(item, element) is var (text, isCanonical))
            {
                elements.Add(WithType(text, typeName));
                allCanonical &= isCanonical;
            }
            else
            {
                return null;
            }
        }

        return new SqlExpression($"ARRAY[{string.Join(", ", elements)}]", allCanonical);
    }

    // Truth is the one thing that needs neither quotes nor type.
    private static string WithType(string? text, string typeName) =>
        text is "true" or "false" && typeName == "boolean" ? text : $"{DatabaseNames.Literal(text ?? "")}::{typeName}";

    private static NumericLiteral.Constant? ReadNumber(DefaultValue value, ColumnType type)
    {
        if (value is not LiteralDefault literal ||
            type.Name is not ("smallint" or "integer" or "bigint" or "oid" or "real" or "double precision" or "numeric" or "money"))
        {
            return null;
        }

        var text = literal.Value switch
        {
            NumberSyntax number => number.Text,
            StringSyntax written => written.Value,
            _ => null,
        };
        return text is not null && NumericLiteral.ToPlain(text) is { } plain ? NumericLiteral.ToConstant(plain) : null;
    }

    // The text of the constant, and whether it is what the type's output function gives; null for what is no value of the type.
    private static (string Text, bool IsCanonical)? Read(DefaultValue value, ColumnType type) => value switch
    {
        EnumDefault { Value: var enumValue } => (DatabaseNames.Cut(enumValue.DatabaseName), true),
        LiteralDefault { Value: ConstantSyntax { Text: "true" or "false" } truth } when type.Name == "boolean" => (truth.Text, true),
        LiteralDefault { Value: StringSyntax { Value: var text } } => ReadText(text, type.Name),
        _ => null,
    };

    private static (string Text, bool IsCanonical)? ReadText(string text, string type)
    {
        switch (type)
        {
            case "jsonb":
                return JsonbText.Canonicalize(text) is { } json ? (json, true) : (text, false);
            case "bytea":
                var bytes = new byte[text.Length];
                return Convert.TryFromBase64String(text, bytes, out var length) ? ($@"\x{Convert.ToHexStringLower(bytes, 0, length)}", true) : null;
            case "uuid":
                return Guid.TryParseExact(text, "D", out var uuid) ? (uuid.ToString("D", CultureInfo.InvariantCulture), true) : (text, false);
            case "inet":
                return (text, IsPlainAddress(text));
            case "bit" or "bit varying":
                return (text, text.Length > 0 && !text.AsSpan().ContainsAnyExcept('0', '1'));
            case "xml":
                return (text, !text.AsSpan().TrimStart().StartsWith("<?xml"));
        }

        if (type.StartsWith("time", StringComparison.Ordinal) || type == "date")
        {
            return DateTimeLiteral.TryParse(text, out var time) && time.In(type) is { } printed ? (printed, true) : (text, false);
        }

        return (text, true);
    }

    // Addresses have several spellings; that of most of them is the one that PostgreSQL prints.
    private static bool IsPlainAddress(string text)
    {
        var slash = text.IndexOf('/');
        var address = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(address, out var parsed) || parsed.ToString() != address)
        {
            return false;
        }

        var bits = parsed.GetAddressBytes().Length * 8;
        return slash < 0
            ||
                (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix < bits &&
                    text[slash + 1] != '0');
    }

    /// <summary>A type as <c>format_type</c> prints it where the search path is the default one.</summary>
    private static string TypeName(ColumnType type) => type switch
    {
        { Schema: not null } => DatabaseNames.Qualify(type.Schema, type.Name) + (type.Modifiers is null ? "" : $"({type.Modifiers})"),
        { Name: "character", Modifiers: null } => "bpchar",
        { Name: "bit", Modifiers: null } => "\"bit\"",
        _ => type.ToString(),
    };
}
