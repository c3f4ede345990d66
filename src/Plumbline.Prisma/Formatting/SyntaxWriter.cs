using System.Text;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>Prints the parts of a line: types, attributes, arguments and values, and comments.</summary>
internal sealed class SyntaxWriter(SourceText source)
{
    /// <summary>Prints the type of a field.</summary>
    public void WriteType(StringBuilder target, FieldTypeSyntax type)
    {
        target.Append(source.Slice(type.BaseSpan));
        target.Append(type.Form switch
        {
            FieldTypeForm.Optional => "?",
            FieldTypeForm.List or FieldTypeForm.LegacyList => "[]",
            FieldTypeForm.OptionalList => "[]?",
            _ => "",
        });
    }

    /// <summary>Prints the name and arguments of an attribute.</summary>
    public void WriteAttribute(StringBuilder target, AttributeSyntax attribute)
    {
        target.Append(attribute.Name.Text);
        if (attribute.Arguments is { } arguments)
        {
            WriteArguments(target, arguments);
        }
    }

    /// <summary>Prints a value. Recursion is bounded: the parser reads no deeper values.</summary>
    public void WriteExpression(StringBuilder target, ExpressionSyntax value)
    {
        switch (value)
        {
            case CallSyntax call:
                target.Append(call.Name.Text);
                WriteArguments(target, call.Arguments);
                break;
            case ArraySyntax array:
                target.Append('[');
                for (var i = 0; i < array.Elements.Length; i++)
                {
                    target.Append(i == 0 ? "" : ", ");
                    WriteExpression(target, array.Elements[i]);
                }

                target.Append(']');
                break;
            case ObjectSyntax { Members: var members }:
                target.Append("{ ");
                for (var i = 0; i < members.Length; i++)
                {
                    target.Append(i == 0 ? "" : ", ").Append(members[i].Name.Text).Append(": ");
                    WriteExpression(target, members[i].Value);
                }

                target.Append(" }");
                break;
            default:
                target.Append(source.Slice(value.Span));
                break;
        }
    }

    /// <summary>Prints comments, each line of them on one of its own.</summary>
    public void WriteComments(AlignedRows target, IEnumerable<CommentSyntax> comments)
    {
        foreach (var comment in comments)
        {
            target.StartLine();
            if (comment.Kind == CommentKind.Block)
            {
                WriteBlockComment(target, comment);
                continue;
            }

            target.AppendSuffix(comment.Kind == CommentKind.Documentation ? "///" : "//");
            target.AppendSuffix(source.Slice(comment.ContentSpan));
        }
    }

    // Prisma takes two bytes off the front, which are the signs unless blanks stand before them; a blank beyond ASCII has two bytes itself.
    private void WriteBlockComment(AlignedRows target, CommentSyntax comment)
    {
        target.AppendSuffix("/**");
        var text = source.Slice(comment.Span);
        foreach (var raw in text[(text[0] > '\u007f' ? 1 : 2)..^2].ToString().Split('\n'))
        {
            var line = raw.Trim();
            if (line.StartsWith('*'))
            {
                line = line[1..].TrimStart();
            }

            if (line.Length > 0)
            {
                target.StartLine();
                target.AppendSuffix(" * ");
                target.AppendSuffix(line);
            }
        }

        target.StartLine();
        target.AppendSuffix(" */");
    }

    private void WriteArguments(StringBuilder target, ArgumentListSyntax list)
    {
        target.Append('(');
        var isFirst = true;
        var empty = 0;
        foreach (var argument in list.Arguments)
        {
            while (empty < list.EmptyArguments.Length && list.EmptyArguments[empty].Span.Start < argument.Span.Start)
            {
                WriteName(list.EmptyArguments[empty++]);
            }

            Separate();
            if (argument.Name is { } name)
            {
                target.Append(name.Text).Append(": ");
            }

            WriteExpression(target, argument.Value);
        }

        while (empty < list.EmptyArguments.Length)
        {
            WriteName(list.EmptyArguments[empty++]);
        }

        target.Append(')');

        void WriteName(IdentifierSyntax name)
        {
            Separate();
            target.Append(name.Text).Append(": ");
        }

        void Separate()
        {
            target.Append(isFirst ? "" : ", ");
            isFirst = false;
        }
    }
}
