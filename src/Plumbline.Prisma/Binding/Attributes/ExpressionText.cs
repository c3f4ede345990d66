using System.Globalization;
using System.Text;
using Plumbline.Prisma.Syntax;

namespace Plumbline.Prisma.Binding.Attributes;

/// <summary>Values as Prisma's messages print them.</summary>
internal static class ExpressionText
{
    /// <summary>What the messages call a kind of value.</summary>
    public static string KindOf(ExpressionSyntax value) => value switch
    {
        NumberSyntax => "numeric",
        StringSyntax => "string",
        ConstantSyntax => "literal",
        CallSyntax => "functional",
        ArraySyntax => "array",
        _ => "object",
    };

    /// <summary>The value as the messages print it. Recursion is bounded: the parser reads no deeper values.</summary>
    public static string Of(ExpressionSyntax value) => value switch
    {
        NumberSyntax number => number.Text,
        StringSyntax text => Quote(text.Value),
        ConstantSyntax constant => constant.Text,
        CallSyntax call => $"{call.Name.Text}({string.Join(',', call.Arguments.Arguments.Select(Of))})",
        ArraySyntax array => $"[{string.Join(',', array.Elements.Select(Of))}]",
        ObjectSyntax { Members: var members } => $"{{{string.Join(", ", members.Select(m => $"{m.Name.Text}: {Of(m.Value)}"))}}}",
        _ => "",
    };

    private static string Of(ArgumentSyntax argument) => argument.Name is { } name ? $"{name.Text}:{Of(argument.Value)}" : Of(argument.Value);

    private static string Quote(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '\t' => result.Append("\\t"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                < ' ' or '\u007f' => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }
}
