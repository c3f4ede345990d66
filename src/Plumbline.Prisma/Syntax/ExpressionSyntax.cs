using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>A value: an argument, an element of an array, or what a property is set to.</summary>
public abstract record ExpressionSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>A number such as <c>-1</c> or <c>0.5</c>.</summary>
/// <param name="Text">The number as it is written.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record NumberSyntax(string Text, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A string in double quotes.</summary>
/// <param name="Value">The text that it means, with its escapes resolved.</param>
/// <param name="Span">Where it is, quotes included.</param>
public sealed record StringSyntax(string Value, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A bare word: <c>true</c>, the name of a field, an enum value, a referential action.</summary>
/// <param name="Text">The word as it is written, with its dots.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record ConstantSyntax(string Text, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A call such as <c>now()</c>, <c>dbgenerated("…")</c> or <c>raw("gin_trgm_ops")</c>.</summary>
/// <param name="Name">The function.</param>
/// <param name="Arguments">What is in its parentheses.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record CallSyntax(IdentifierSyntax Name, ArgumentListSyntax Arguments, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A list in square brackets.</summary>
/// <param name="Elements">Its elements.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record ArraySyntax(ImmutableArray<ExpressionSyntax> Elements, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A literal object such as <c>{ active: true, deletedAt: null }</c>, the value of <c>where:</c> of a partial index.</summary>
/// <param name="Members">Its members in their order.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record ObjectSyntax(ImmutableArray<ObjectMemberSyntax> Members, TextSpan Span) : ExpressionSyntax(Span);

/// <summary>One <c>name: value</c> of an <see cref="ObjectSyntax"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record ObjectMemberSyntax(IdentifierSyntax Name, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary>What is in the parentheses of a call or an attribute.</summary>
/// <param name="Arguments">The arguments that have a value.</param>
/// <param name="EmptyArguments">The names that are followed by a colon and nothing else.</param>
/// <param name="TrailingComma">A comma before the closing parenthesis; null where there is none.</param>
/// <param name="Span">Where it is, parentheses included.</param>
public sealed record ArgumentListSyntax(
    ImmutableArray<ArgumentSyntax> Arguments, ImmutableArray<IdentifierSyntax> EmptyArguments, TextSpan? TrailingComma, TextSpan Span) : SyntaxNode(Span);

/// <summary>One argument.</summary>
/// <param name="Name">Its name; null for an unnamed one.</param>
/// <param name="Value">Its value.</param>
/// <param name="Span">Where it is, its name included.</param>
public sealed record ArgumentSyntax(IdentifierSyntax? Name, ExpressionSyntax Value, TextSpan Span) : SyntaxNode(Span);

/// <summary>An attribute of a field, an enum value (<c>@id</c>) or a block (<c>@@index([a])</c>), without its signs.</summary>
/// <param name="Name">Its name, such as <c>id</c> or <c>db.VarChar</c>.</param>
/// <param name="Arguments">Its arguments; null where it has no parentheses.</param>
/// <param name="Span">Where it is, as Prisma counts it: signs included, and with the blanks behind it where it has no arguments.</param>
public sealed record AttributeSyntax(IdentifierSyntax Name, ArgumentListSyntax? Arguments, TextSpan Span) : SyntaxNode(Span)
{
    /// <summary>The arguments, none where it has no parentheses.</summary>
    public ImmutableArray<ArgumentSyntax> ArgumentsOrNone => Arguments?.Arguments ?? [];
}
