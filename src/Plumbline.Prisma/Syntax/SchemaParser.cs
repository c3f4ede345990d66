using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>Reads a file as Prisma's grammar does: item by item, each a block, a comment, blank lines, or a line that is not of the language.</summary>
internal sealed class SchemaParser
{
    private readonly Cursor _cursor;
    private readonly ExpressionParser _expressions;
    private readonly MemberParser _members;

    // Where members began in blocks that turned out to have no closing brace, for each way of reading members. A later attempt that comes to such a place comes
    // to the same end; without this, a file with many unclosed blocks takes quadratic time.
    private readonly Dictionary<BlockKind, HashSet<int>> _unclosed = [];
    private bool _noMoreClosingBraces;

    public SchemaParser(SourceText source)
    {
        _cursor = new Cursor(source);
        _expressions = new ExpressionParser(_cursor);
        _members = new MemberParser(_cursor, _expressions);
    }

    /// <summary>Reads the file.</summary>
    public SchemaSyntax Parse(CancellationToken cancellation)
    {
        var items = ImmutableArray.CreateBuilder<TopLevelSyntax>();
        string? documentation = null;
        _cursor.SkipBlanks();
        while (!_cursor.AtEnd)
        {
            cancellation.ThrowIfCancellationRequested();
            var item = ParseItem(documentation);
            documentation = item is TopLevelCommentSyntax comment ? CommentSyntax.DocumentationOf(_cursor.Source, comment.Comments) : null;
            items.Add(item);
            _cursor.SkipBlanks();
        }

        var syntax = new SchemaSyntax(_cursor.Source, items.DrainToImmutable(), []);
        return syntax with { Diagnostics = SyntaxErrors.Of(syntax) };
    }

    private TopLevelSyntax ParseItem(string? documentation)
    {
        var start = _cursor.Position;
        if (SyntaxFacts.TakeBlockKeyword(_cursor) is { } kind)
        {
            if (ParseBlock(kind, start, documentation) is { } block)
            {
                return block;
            }

            _cursor.Position = start;
        }

        return ParseTypeAlias() ?? ParseUnknownBlock() ?? ParseComments() ?? ParseBlankLines() ?? (TopLevelSyntax)ParseInvalidLine();
    }

    private BlockSyntax? ParseBlock(BlockKind kind, int start, string? documentation)
    {
        _cursor.SkipBlanks();
        if (_cursor.TakeIdentifier() is not { } name || !TakeOpeningBrace())
        {
            return null;
        }

        _members.Reset();
        _cursor.SkipBlanks();
        var content = _cursor.Position;
        var members = ImmutableArray.CreateBuilder<MemberSyntax>();
        var reading = kind switch
        {
            BlockKind.Enum => kind,
            BlockKind.Datasource or BlockKind.Generator => BlockKind.Datasource,
            _ => BlockKind.Model,
        };
        _unclosed.TryGetValue(reading, out var unclosed);
        var end = _cursor.Position;
        while (unclosed?.Contains(_cursor.Position) != true && _members.ParseMember(kind) is { } member)
        {
            members.Add(member);
            end = _cursor.Position;
            _cursor.SkipBlanks();
        }

        if (_cursor.Take('}'))
        {
            return new BlockSyntax(kind, name, members.DrainToImmutable(), documentation, TextSpan.FromBounds(content, end), _cursor.From(start));
        }

        if (unclosed is null)
        {
            _unclosed[reading] = unclosed = [];
        }

        unclosed.Add(content);
        unclosed.UnionWith(members.Select(m => m.Span.Start));
        return null;
    }

    // What follows the brace on its line is not read.
    private bool TakeOpeningBrace()
    {
        _cursor.SkipBlanks();
        if (!_cursor.Take('{'))
        {
            return false;
        }

        _cursor.SkipLine();
        return _cursor.TakeLineBreak();
    }

    private TypeAliasSyntax? ParseTypeAlias()
    {
        var start = _cursor.Position;
        if (_cursor.Take("type"))
        {
            _cursor.SkipBlanks();
            if (_cursor.TakeIdentifier() is not null)
            {
                _cursor.SkipBlanks();
                if (_cursor.Take('='))
                {
                    _cursor.SkipBlanks();
                    if (_cursor.TakeIdentifier() is not null)
                    {
                        _expressions.ParseFieldAttributes();
                        _cursor.SkipBlanks();
                        return new TypeAliasSyntax(_cursor.From(start));
                    }
                }
            }
        }

        _cursor.Position = start;
        return null;
    }

    private UnknownBlockSyntax? ParseUnknownBlock()
    {
        var start = _cursor.Position;
        if (_cursor.TakeIdentifier() is not null && TakeOpeningBrace())
        {
            var end = IndexOfClosingBrace();
            if (end >= 0)
            {
                _cursor.Position = end + 1;
                return new UnknownBlockSyntax(_cursor.From(start));
            }
        }

        _cursor.Position = start;
        return null;
    }

    private int IndexOfClosingBrace()
    {
        if (_noMoreClosingBraces)
        {
            return -1;
        }

        var end = _cursor.Source.Text.IndexOf('}', _cursor.Position);
        _noMoreClosingBraces = end < 0;
        return end;
    }

    private TopLevelCommentSyntax? ParseComments()
    {
        var start = _cursor.Position;
        var comments = _members.ParseCommentLines();
        return comments.IsEmpty ? null : new TopLevelCommentSyntax(comments, _cursor.From(start));
    }

    private TopLevelBlankLinesSyntax? ParseBlankLines()
    {
        var start = _cursor.Position;
        return _cursor.TakeBlankLines() ? new TopLevelBlankLinesSyntax(_cursor.From(start)) : null;
    }

    private TopLevelInvalidLineSyntax ParseInvalidLine()
    {
        var start = _cursor.Position;
        _cursor.SkipLine();
        _cursor.TakeLineBreak();
        return new TopLevelInvalidLineSyntax(_cursor.From(start));
    }
}
