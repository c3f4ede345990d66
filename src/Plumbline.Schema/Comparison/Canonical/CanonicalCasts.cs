using System.Collections.Frozen;
using System.Globalization;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>Constants and their types, in one form each.</summary>
internal static class CanonicalCasts
{
    private static readonly FrozenSet<string> Numbers = FrozenSet.Create("smallint", "integer", "bigint", "numeric", "real", "double precision");

    /// <summary>A numeric constant without a sign.</summary>
    internal static CanonicalNode Number(string text) => CanonicalNode.Leaf(CanonicalKind.Number, Normal(text)) with { Type = TypeOf(text) };

    /// <summary>A numeric constant with the other sign.</summary>
    internal static CanonicalNode Negate(CanonicalNode number) =>
        number.Text is "null" or "true" or "false" ? CanonicalNode.Operator("prefix -", number)
        : number with { Text = number.Text.StartsWith('-') ? number.Text[1..] : number.Text == "0" ? "0" : "-" + number.Text };

    /// <summary>A value, cast to a type as PostgreSQL does it when it reads the text.</summary>
    internal static CanonicalNode Cast(CanonicalNode value, ColumnType type)
    {
        switch (value.Kind)
        {
            // ARRAY[a, b]::t[] casts the elements: transformTypeCast.
            case CanonicalKind.Array when type.IsArray:
                return value with
                {
                    Items = [.. value.Items.Select(e => Cast(e, e.Kind == CanonicalKind.Array ? type : type with { IsArray = false }))],
                    Type = value.Items.Count == 0 ? type : null,
                };
            case CanonicalKind.Text when value.Type is null:
                return Typed(value, type);
            case CanonicalKind.Text when IsText(value.Type!) && IsText(type):
            case CanonicalKind.Number when value.Text is "null":
                return value with { Type = type };
            case CanonicalKind.Number when IsNumber(type) && type.Modifiers is null && value.Text is not ("true" or "false") && (!IsInteger(type) || IsIntegral(value.Text)):
                return value with { Type = type };
            default:
                return new CanonicalNode(CanonicalKind.Cast, "", [value]) { Type = type };
        }
    }

    /// <summary>Whether a type holds any string as it is.</summary>
    internal static bool IsText(ColumnType type) => type is { Schema: null, IsArray: false, Modifiers: null, Name: "text" or "character varying" };

    private static bool IsNumber(ColumnType type) => type is { Schema: null, IsArray: false } && Numbers.Contains(type.Name);

    private static bool IsInteger(ColumnType type) => type.Name is "smallint" or "integer" or "bigint";

    private static bool IsIntegral(string text) => !text.Contains('.', StringComparison.Ordinal) && !text.Contains('e', StringComparison.OrdinalIgnoreCase);

    private static CanonicalNode Typed(CanonicalNode text, ColumnType type)
    {
        if (type is { Schema: null, IsArray: false, Name: "boolean" } && text.Text is "t" or "true" or "f" or "false")
        {
            return CanonicalNode.Leaf(CanonicalKind.Number, text.Text[0] == 't' ? "true" : "false");
        }

        return IsNumber(type) && type.Modifiers is null && decimal.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? CanonicalNode.Leaf(CanonicalKind.Number, Normal(text.Text)) with { Type = type }
            : text with { Type = type };
    }

    private static string Normal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : text;

    // PostgreSQL documentation, "Numeric Constants".
    private static ColumnType TypeOf(string text) =>
        !IsIntegral(text) ? new ColumnType("numeric")
        : int.TryParse(text, CultureInfo.InvariantCulture, out _) ? new ColumnType("integer")
        : long.TryParse(text, CultureInfo.InvariantCulture, out _) ? new ColumnType("bigint") : new ColumnType("numeric");
}
