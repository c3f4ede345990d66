using System.Globalization;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>Takes a value for what an argument wants; that it is something else is an error.</summary>
internal static class Coerce
{
    /// <summary>A string.</summary>
    public static string? String(BindingContext context, SourceText source, ExpressionSyntax value) =>
        value is StringSyntax text ? text.Value : Mismatch<string>(context, source, value, "string");

    /// <summary>A bare word.</summary>
    public static string? Constant(BindingContext context, SourceText source, ExpressionSyntax value) =>
        value is ConstantSyntax constant ? constant.Text : Mismatch<string>(context, source, value, "constant");

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool? Boolean(BindingContext context, SourceText source, ExpressionSyntax value)
    {
        switch (value)
        {
            case ConstantSyntax { Text: "true" }:
                return true;
            case ConstantSyntax { Text: "false" }:
                return false;
            default:
                Mismatch<object>(context, source, value, "boolean");
                return null;
        }
    }

    /// <summary>A whole number of 64 bits.</summary>
    public static long? Integer(BindingContext context, SourceText source, ExpressionSyntax value)
    {
        if (value is NumberSyntax number && long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        Mismatch<object>(context, source, value, "numeric");
        return null;
    }

    /// <summary>The elements of an array, or the value itself as the only one; null where one of them is not what <paramref name="element"/> wants.</summary>
    public static List<T>? Array<T>(ExpressionSyntax value, Func<ExpressionSyntax, T?> element)
        where T : class
    {
        var result = new List<T>();
        var isValid = true;
        foreach (var item in value is ArraySyntax array ? array.Elements : [value])
        {
            if (element(item) is { } coerced)
            {
                result.Add(coerced);
            }
            else
            {
                isValid = false;
            }
        }

        return isValid ? result : null;
    }

    /// <summary>Says that a value is not what is wanted.</summary>
    public static T? Mismatch<T>(BindingContext context, SourceText source, ExpressionSyntax value, string expected)
        where T : class
    {
        context.Error(source, value.Span, $"Expected a {expected} value, but received {ExpressionText.KindOf(value)} value `{ExpressionText.Of(value)}`.");
        return null;
    }
}
