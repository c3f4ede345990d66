using System.Globalization;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>The arguments of a field in an index or key: <c>title(sort: Desc, ops: raw("…"))</c>.</summary>
internal sealed record FieldOptions(SortOrder? Sort, int? Length, OperatorClass? OperatorClass)
{
    /// <summary>Reads them. What Prisma does not look at is not looked at here.</summary>
    public static FieldOptions Read(BindingContext context, SourceText source, ArgumentListSyntax arguments) => new(
        Find(arguments, "sort") is { } sort ? ReadSort(context, source, sort) : null,
        Find(arguments, "length") is { } length ? ReadLength(context, source, length) : null,
        Find(arguments, "ops") is { } ops ? ReadOperatorClass(context, source, ops) : null);

    private static ArgumentSyntax? Find(ArgumentListSyntax arguments, string name) => arguments.Arguments.FirstOrDefault(a => a.Name?.Text == name);

    private static SortOrder? ReadSort(BindingContext context, SourceText source, ArgumentSyntax argument)
    {
        switch (Coerce.Constant(context, source, argument.Value))
        {
            case "Asc":
                return SortOrder.Ascending;
            case "Desc":
                return SortOrder.Descending;
            case null:
                return null;
            default:
                Unexpected(context, source, argument.Span, "Asc, Desc");
                return null;
        }
    }

    private static int? ReadLength(BindingContext context, SourceText source, ArgumentSyntax argument) =>
        Coerce.Integer(context, source, argument.Value) is >= 0 and var length ? unchecked((int)length) : null;

    private static OperatorClass? ReadOperatorClass(BindingContext context, SourceText source, ArgumentSyntax argument)
    {
        switch (argument.Value)
        {
            case ConstantSyntax constant when OperatorClasses.IsKnown(constant.Text):
                return new OperatorClass(constant.Text, IsRaw: false);
            case ConstantSyntax constant:
                Unexpected(context, source, constant.Span, $"Invalid operator class: {constant.Text}");
                return null;
            case CallSyntax { Name.Text: "raw", Arguments.Arguments: [{ Value: StringSyntax text }] }:
                return new OperatorClass(text.Value, IsRaw: true);
            case CallSyntax { Name.Text: "raw", Arguments.Arguments: [_] }:
                Unexpected(context, source, argument.Value.Span, "Invalid parameter type: expected string");
                return null;
            case CallSyntax { Name.Text: "raw" } call:
                var count = call.Arguments.Arguments.Length.ToString(CultureInfo.InvariantCulture);
                Unexpected(context, source, argument.Value.Span, $"Wrong number of arguments. Expected: 1, got: {count}");
                return null;
            default:
                Unexpected(context, source, argument.Span, "operator class");
                return null;
        }
    }

    private static void Unexpected(BindingContext context, SourceText source, TextSpan span, string expected) =>
        context.Error(source, span, $"Unexpected token. Expected one of: {expected}");
}
