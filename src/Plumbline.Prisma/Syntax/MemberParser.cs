using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>Reads one member of a block; each is a line. What can't be read leaves the cursor where it was.</summary>
internal sealed class MemberParser(Cursor cursor, ExpressionParser expressions)
{
    private string? _pendingDocumentation;

    /// <summary>Forgets the comment of a block that was left.</summary>
    public void Reset() => _pendingDocumentation = null;

    /// <summary>Reads the next member; null at the closing brace and at the end of the file.</summary>
    public MemberSyntax? ParseMember(BlockKind kind)
    {
        MemberSyntax? member = kind switch
        {
            BlockKind.Enum => ParseEnumValue(),
            BlockKind.Datasource or BlockKind.Generator => ParseProperty(),
            _ => ParseField(),
        };
        if (member is null && kind is not (BlockKind.Datasource or BlockKind.Generator))
        {
            member = ParseBlockAttribute();
        }

        return member ?? ParseComments() ?? ParseBlankLines() ?? (MemberSyntax?)ParseInvalidLine();
    }

    /// <summary>Reads comments on directly following lines.</summary>
    public ImmutableArray<CommentSyntax> ParseCommentLines()
    {
        var comments = ImmutableArray.CreateBuilder<CommentSyntax>();
        while (cursor.TakeComment() is { } comment)
        {
            comments.Add(comment);
            cursor.TakeLineBreak();
        }

        return comments.DrainToImmutable();
    }

    private FieldSyntax? ParseField()
    {
        var start = cursor.Position;
        if (cursor.TakeIdentifier() is not { } name)
        {
            return null;
        }

        cursor.SkipBlanks();
        TextSpan? colon = cursor.Take(':') ? new TextSpan(cursor.Position - 1, 1) : null;
        cursor.SkipBlanks();
        var type = ParseFieldType();
        var attributes = expressions.ParseFieldAttributes();
        var comment = ParseTrailingComment();
        cursor.SkipBlanks();
        if (!cursor.TakeLineBreak())
        {
            cursor.Position = start;
            return null;
        }

        return new FieldSyntax(name, colon, type, attributes, TakeDocumentation(comment), comment, cursor.From(start));
    }

    private FieldTypeSyntax? ParseFieldType()
    {
        var start = cursor.Position;
        if (ParseBaseType() is { } type)
        {
            var behind = cursor.Position;
            cursor.SkipBlanks();
            if (cursor.Take("[]"))
            {
                var behindList = cursor.Position;
                cursor.SkipBlanks();
                if (cursor.Take('?'))
                {
                    return type with { Form = FieldTypeForm.OptionalList, Span = cursor.From(start) };
                }

                cursor.Position = behindList;
                return type with { Form = FieldTypeForm.List, Span = cursor.From(start) };
            }

            if (cursor.Take('?'))
            {
                return type with { Form = FieldTypeForm.Optional, Span = cursor.From(start) };
            }

            if (cursor.Take('!'))
            {
                return type with { Form = FieldTypeForm.LegacyRequired, Span = cursor.From(start) };
            }

            cursor.Position = behind;
            return type;
        }

        if (cursor.Take('['))
        {
            cursor.SkipBlanks();
            if (ParseBaseType() is { } element)
            {
                cursor.SkipBlanks();
                if (cursor.Take(']'))
                {
                    return element with { Form = FieldTypeForm.LegacyList, Span = cursor.From(start) };
                }
            }
        }

        cursor.Position = start;
        return null;
    }

    private FieldTypeSyntax? ParseBaseType()
    {
        var start = cursor.Position;
        if (cursor.Take("Unsupported("))
        {
            cursor.SkipBlanks();
            if (cursor.TakeString() is { } text)
            {
                cursor.SkipBlanks();
                if (cursor.Take(')'))
                {
                    var name = new IdentifierSyntax(text.Value, text.Span);
                    return new FieldTypeSyntax(FieldTypeForm.Required, name, IsUnsupported: true, cursor.From(start), cursor.From(start));
                }
            }

            cursor.Position = start;
        }

        return cursor.TakeIdentifier() is { } identifier
            ? new FieldTypeSyntax(FieldTypeForm.Required, identifier, IsUnsupported: false, identifier.Span, identifier.Span)
            : null;
    }

    private EnumValueSyntax? ParseEnumValue()
    {
        var start = cursor.Position;
        if (cursor.TakeIdentifier() is not { } name)
        {
            return null;
        }

        var attributes = expressions.ParseFieldAttributes();
        var comment = ParseTrailingComment();
        cursor.SkipBlanks();
        if (!cursor.TakeLineBreak())
        {
            cursor.Position = start;
            return null;
        }

        return new EnumValueSyntax(name, attributes, TakeDocumentation(comment), comment, cursor.From(start));
    }

    private PropertySyntax? ParseProperty()
    {
        var start = cursor.Position;
        if (cursor.TakeIdentifier() is { } name)
        {
            cursor.SkipBlanks();
            if (cursor.Take('='))
            {
                cursor.SkipBlanks();
                var value = expressions.ParseExpression();
                var comment = ParseTrailingComment();
                cursor.SkipBlanks();
                var span = cursor.From(start);
                if (cursor.TakeLineBreak())
                {
                    return new PropertySyntax(name, value, comment, span);
                }
            }
        }

        cursor.Position = start;
        return null;
    }

    private BlockAttributeSyntax? ParseBlockAttribute()
    {
        var start = cursor.Position;
        if (cursor.Take("@@") && expressions.ParseAttribute(start) is { } attribute)
        {
            var comment = ParseTrailingComment();
            cursor.SkipBlanks();
            var span = cursor.From(start);
            if (cursor.TakeLineBreak())
            {
                return new BlockAttributeSyntax(attribute with { Span = span }, comment, span);
            }
        }

        cursor.Position = start;
        return null;
    }

    private CommentSyntax? ParseTrailingComment()
    {
        cursor.SkipBlanks();
        return cursor.TakeComment();
    }

    private MemberCommentSyntax? ParseComments()
    {
        var start = cursor.Position;
        var comments = ParseCommentLines();
        if (comments.IsEmpty)
        {
            return null;
        }

        _pendingDocumentation = CommentSyntax.DocumentationOf(cursor.Source, comments);
        return new MemberCommentSyntax(comments, cursor.From(start));
    }

    private BlankLinesSyntax? ParseBlankLines()
    {
        var start = cursor.Position;
        return cursor.TakeBlankLines() ? new BlankLinesSyntax(cursor.From(start)) : null;
    }

    private InvalidLineSyntax? ParseInvalidLine()
    {
        if (cursor.AtEnd || cursor.Current == '}')
        {
            return null;
        }

        var start = cursor.Position;
        cursor.SkipLine();
        cursor.TakeLineBreak();
        return new InvalidLineSyntax(cursor.From(start));
    }

    private string? TakeDocumentation(CommentSyntax? trailing)
    {
        var before = _pendingDocumentation;
        _pendingDocumentation = null;
        var behind = trailing is null ? null : CommentSyntax.DocumentationOf(cursor.Source, [trailing]);
        return before is null ? behind : behind is null ? before : $"{before}\n{behind}";
    }
}
