using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>A node of the syntax tree of a Prisma schema file; it holds spans into its <see cref="SourceText"/> and no text that nobody asked for.</summary>
/// <param name="Span">What the node covers, as Prisma's own parser counts it.</param>
public abstract record SyntaxNode(TextSpan Span);

/// <summary>A name where the language wants one.</summary>
/// <param name="Text">The name; dotted for attributes and functions of the datasource (<c>db.VarChar</c>).</param>
/// <param name="Span">Its place in the text.</param>
public sealed record IdentifierSyntax(string Text, TextSpan Span) : SyntaxNode(Span)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Something that stands at the top of a file: a block, a comment, blank lines, or text that is none of these.</summary>
public abstract record TopLevelSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>Something that stands in a block: a field, a value, a property, an attribute, a comment, blank lines, or text that is none of these.</summary>
public abstract record MemberSyntax(TextSpan Span) : SyntaxNode(Span);
