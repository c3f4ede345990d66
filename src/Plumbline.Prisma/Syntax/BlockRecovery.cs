using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>
/// Finds the blocks that a missing brace hides. To Prisma, a block without its closing brace goes on to the brace of the next block, and swallows it; here a
/// line that
/// begins a block ends the one before.
/// </summary>
internal sealed class BlockRecovery
{
    private readonly SchemaSyntax _syntax;
    private readonly Cursor _cursor;
    private readonly MemberParser _members;
    private readonly ImmutableArray<BlockSyntax>.Builder _blocks = ImmutableArray.CreateBuilder<BlockSyntax>();

    private BlockRecovery(SchemaSyntax syntax)
    {
        _syntax = syntax;
        _cursor = new Cursor(syntax.Source);
        _members = new MemberParser(_cursor, new ExpressionParser(_cursor));
    }

    /// <summary>The blocks of a file, those that a missing brace hides among them, in their order.</summary>
    public static ImmutableArray<BlockSyntax> BlocksOf(SchemaSyntax syntax)
    {
        var recovery = new BlockRecovery(syntax);
        foreach (var item in syntax.Items)
        {
            if (item is BlockSyntax block)
            {
                recovery.Add(block);
            }
            else if (item is TopLevelInvalidLineSyntax && item.Span.Start >= recovery.CoveredUpTo)
            {
                recovery.AddUnclosed(item.Span.Start);
            }
        }

        return recovery._blocks.DrainToImmutable();
    }

    private int CoveredUpTo { get; set; }

    // A block that does end may have swallowed others.
    private void Add(BlockSyntax block)
    {
        var at = block.Members.FirstOrDefault(m => m is InvalidLineSyntax && HeaderAt(m.Span.Start) is not null);
        if (at is null)
        {
            _blocks.Add(block);
            return;
        }

        var before = block.Members.RemoveRange(block.Members.IndexOf(at), block.Members.Length - block.Members.IndexOf(at));
        Keep(block with { Members = before, Span = TextSpan.FromBounds(block.Span.Start, at.Span.Start) });
        Reread(at.Span.Start, block.Span.End);
    }

    // A block that does not end at all goes on to the next one that is whole, or to the end of the file.
    private void AddUnclosed(int start)
    {
        if (HeaderAt(start) is null)
        {
            return;
        }

        var end = _syntax.Items.OfType<BlockSyntax>().Select(b => b.Span.Start).FirstOrDefault(s => s > start, _syntax.Source.Text.Length);
        Reread(start, end);
        CoveredUpTo = end;
    }

    private void Reread(int start, int end)
    {
        while (start < end && HeaderAt(start) is var (kind, name))
        {
            _cursor.SkipLine();
            _cursor.TakeLineBreak();
            _cursor.SkipBlanks();
            var content = _cursor.Position;
            var members = ImmutableArray.CreateBuilder<MemberSyntax>();
            _members.Reset();
            var next = end;
            while (_cursor.Position < end && _members.ParseMember(kind) is { } member)
            {
                var behind = _cursor.Position;
                if (member is InvalidLineSyntax && HeaderAt(member.Span.Start) is not null)
                {
                    next = member.Span.Start;
                    break;
                }

                _cursor.Position = behind;
                members.Add(member);
                _cursor.SkipBlanks();
            }

            Keep(new BlockSyntax(kind, name, members.DrainToImmutable(), null, TextSpan.FromBounds(content, next), TextSpan.FromBounds(start, next)));
            start = next;
        }
    }

    // A header with nothing behind it is more likely a line too many than an empty block.
    private void Keep(BlockSyntax block)
    {
        if (block.Members.Any(m => m is not (BlankLinesSyntax or MemberCommentSyntax)))
        {
            _blocks.Add(block);
        }
    }

    // Leaves the cursor behind the brace where there is a header.
    private (BlockKind Kind, IdentifierSyntax Name)? HeaderAt(int start)
    {
        _cursor.Position = start;
        if (SyntaxFacts.TakeBlockKeyword(_cursor) is not { } kind)
        {
            return null;
        }

        _cursor.SkipBlanks();
        if (_cursor.TakeIdentifier() is not { } name)
        {
            return null;
        }

        _cursor.SkipBlanks();
        return _cursor.Take('{') ? (kind, name) : null;
    }
}
