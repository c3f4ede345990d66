using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Formatting;

/// <summary>Prints one block: its members aligned from blank line to blank line, its attributes in Prisma's order at its end.</summary>
internal sealed class BlockFormatter(SourceText source, IndentedText target)
{
    private const int Indentation = 2;
    private static readonly string[] AttributeOrder = ["id", "unique", "default", "updatedAt", "index", "fulltext", "map", "relation", "ignore"];

    private readonly SyntaxWriter _writer = new(source);
    private readonly List<(MemberCommentSyntax? Comment, BlockAttributeSyntax Attribute)> _attributes = [];
    private AlignedRows _rows = new();

    /// <summary>Prints a block.</summary>
    public void Write(BlockSyntax block)
    {
        target.Write($"{SyntaxFacts.KeywordOf(block.Kind)} {block.Name.Text} {{");
        target.EndLine();
        target.Indentation += Indentation;
        WriteMembers(block);
        Flush();
        WriteAttributes();
        target.Indentation -= Indentation;
        target.Write("}");
        target.EndLine();
    }

    private static int OrderOf(AttributeSyntax attribute) => Array.IndexOf(AttributeOrder, attribute.Name.Text) is >= 0 and var place ? place : int.MaxValue;

    private void Flush()
    {
        _rows.WriteTo(target);
        _rows = new AlignedRows();
    }

    private void WriteMembers(BlockSyntax block)
    {
        var members = block.Members;
        var isSeparated = false;
        MemberCommentSyntax? pending = null;
        for (var i = 0; i < members.Length; i++)
        {
            var next = i + 1 < members.Length ? members[i + 1] : null;
            switch (members[i])
            {
                // Blank lines at the beginning and end of a block are dropped; those before attributes are put there again.
                case BlankLinesSyntax:
                    isSeparated = i > 0;
                    if (isSeparated && next is not (null or BlockAttributeSyntax or MemberCommentSyntax))
                    {
                        Separate();
                    }

                    continue;
                case MemberCommentSyntax comment when next is BlockAttributeSyntax:
                    pending = comment;
                    break;
                case MemberCommentSyntax comment:
                    if (isSeparated)
                    {
                        Separate();
                    }

                    _writer.WriteComments(_rows, comment.Comments);
                    break;
                case FieldSyntax field:
                    WriteField(field);
                    break;
                case PropertySyntax property:
                    WriteProperty(property);
                    break;
                case EnumValueSyntax value:
                    WriteEnumValue(value);
                    break;
                case BlockAttributeSyntax attribute:
                    _attributes.Add((pending, attribute));
                    pending = null;
                    break;
                case InvalidLineSyntax line:
                    _rows.AddUnaligned(source.Slice(line.Span).TrimEnd('\n').ToString());
                    break;
            }

            isSeparated = false;
        }
    }

    private void Separate()
    {
        Flush();
        _rows.StartLine();
    }

    private void WriteField(FieldSyntax field)
    {
        _rows.StartLine();
        _rows.Column(0).Append(field.Name.Text);
        if (field.Type is { } type)
        {
            _writer.WriteType(_rows.Column(1), type);
        }

        var isFirst = true;
        foreach (var attribute in field.Attributes.OrderBy(OrderOf))
        {
            var column = _rows.Column(2).Append(isFirst ? "@" : " @");
            _writer.WriteAttribute(column, attribute);
            isFirst = false;
        }

        WriteTrailing(field.TrailingComment);
    }

    private void WriteProperty(PropertySyntax property)
    {
        _rows.StartLine();
        _rows.Column(0).Append(property.Name.Text);
        if (property.Value is { } value)
        {
            _writer.WriteExpression(_rows.Column(1).Append("= "), value);
        }

        WriteTrailing(property.TrailingComment);
    }

    private void WriteEnumValue(EnumValueSyntax value)
    {
        _rows.StartLine();
        _rows.Column(0).Append(value.Name.Text);
        foreach (var attribute in value.Attributes)
        {
            _writer.WriteAttribute(_rows.Column(1).Append('@'), attribute);
        }

        WriteTrailing(value.TrailingComment);
    }

    private void WriteAttributes()
    {
        if (_attributes.Count == 0)
        {
            return;
        }

        _rows.StartLine();
        foreach (var (comment, attribute) in _attributes.OrderBy(a => OrderOf(a.Attribute.Attribute)))
        {
            if (comment is not null)
            {
                _writer.WriteComments(_rows, comment.Comments);
            }

            _rows.StartLine();
            _writer.WriteAttribute(_rows.Column(0).Append("@@"), attribute.Attribute);
            WriteTrailing(attribute.TrailingComment);
        }

        Flush();
    }

    private void WriteTrailing(CommentSyntax? comment)
    {
        if (comment is not null)
        {
            _rows.AppendSuffix(source.Slice(comment.Span));
        }
    }
}
