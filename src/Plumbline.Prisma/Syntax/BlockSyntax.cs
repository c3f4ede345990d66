using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>The kinds of block.</summary>
public enum BlockKind
{
    /// <summary><c>datasource</c>.</summary>
    Datasource,

    /// <summary><c>generator</c>.</summary>
    Generator,

    /// <summary><c>model</c>.</summary>
    Model,

    /// <summary><c>view</c>.</summary>
    View,

    /// <summary><c>type</c>: a composite type.</summary>
    CompositeType,

    /// <summary><c>enum</c>.</summary>
    Enum,
}

/// <summary>A block: keyword, name and members between braces.</summary>
/// <param name="Kind">What it declares.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">All that is between its braces, comments and blank lines included.</param>
/// <param name="Documentation">The comment before it (<c>///</c> and <c>/* */</c>); null where it has none.</param>
/// <param name="ContentSpan">What is between the line of the opening brace and the closing brace.</param>
/// <param name="Span">From keyword to closing brace.</param>
public sealed record BlockSyntax(
    BlockKind Kind, IdentifierSyntax Name, ImmutableArray<MemberSyntax> Members, string? Documentation, TextSpan ContentSpan, TextSpan Span) : TopLevelSyntax(Span)
{
    /// <summary>The fields, in their order.</summary>
    public IEnumerable<FieldSyntax> Fields => Members.OfType<FieldSyntax>();

    /// <summary>The attributes of the block, in their order.</summary>
    public IEnumerable<BlockAttributeSyntax> Attributes => Members.OfType<BlockAttributeSyntax>();

    /// <summary>The values of an enum, in their order.</summary>
    public IEnumerable<EnumValueSyntax> Values => Members.OfType<EnumValueSyntax>();

    /// <summary>The properties of a datasource or generator, in their order.</summary>
    public IEnumerable<PropertySyntax> Properties => Members.OfType<PropertySyntax>();
}

/// <summary>A <c>type X = …</c>, which Prisma once knew.</summary>
public sealed record TypeAliasSyntax(TextSpan Span) : TopLevelSyntax(Span);

/// <summary>A name and braces without a known keyword.</summary>
public sealed record UnknownBlockSyntax(TextSpan Span) : TopLevelSyntax(Span);

/// <summary>Comments at the top of a file, those on directly following lines together.</summary>
/// <param name="Comments">The comments.</param>
/// <param name="Span">Where they stand.</param>
public sealed record TopLevelCommentSyntax(ImmutableArray<CommentSyntax> Comments, TextSpan Span) : TopLevelSyntax(Span);

/// <summary>Blank lines at the top of a file.</summary>
public sealed record TopLevelBlankLinesSyntax(TextSpan Span) : TopLevelSyntax(Span);

/// <summary>A line at the top of a file that is not of the language.</summary>
public sealed record TopLevelInvalidLineSyntax(TextSpan Span) : TopLevelSyntax(Span);

/// <summary>A field of a model, view or composite type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Colon">A colon behind the name, as Prisma 1 had it; null where there is none.</param>
/// <param name="Type">Its type; null where it is missing.</param>
/// <param name="Attributes">Its attributes, in their order.</param>
/// <param name="Documentation">The comments before and behind it (<c>///</c> and <c>/* */</c>); null where it has none.</param>
/// <param name="TrailingComment">The comment behind it; null where there is none.</param>
/// <param name="Span">The whole line from its name, with its line break.</param>
public sealed record FieldSyntax(
    IdentifierSyntax Name,
    TextSpan? Colon,
    FieldTypeSyntax? Type,
    ImmutableArray<AttributeSyntax> Attributes,
    string? Documentation,
    CommentSyntax? TrailingComment,
    TextSpan Span) : MemberSyntax(Span);

/// <summary>How the type of a field is written.</summary>
public enum FieldTypeForm
{
    /// <summary><c>T</c>.</summary>
    Required,

    /// <summary><c>T?</c>.</summary>
    Optional,

    /// <summary><c>T[]</c>.</summary>
    List,

    /// <summary><c>T[]?</c>, which the language does not have.</summary>
    OptionalList,

    /// <summary><c>T!</c>, as Prisma 1 had it.</summary>
    LegacyRequired,

    /// <summary><c>[T]</c>, as Prisma 1 had it.</summary>
    LegacyList,
}

/// <summary>The type of a field.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Name">Its name, or what is in the quotes of <c>Unsupported("…")</c>.</param>
/// <param name="IsUnsupported">Whether it is an <c>Unsupported("…")</c>.</param>
/// <param name="BaseSpan">Where the type stands without its modifier.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record FieldTypeSyntax(FieldTypeForm Form, IdentifierSyntax Name, bool IsUnsupported, TextSpan BaseSpan, TextSpan Span) : SyntaxNode(Span);

/// <summary>An attribute of a block.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="TrailingComment">The comment behind it; null where there is none.</param>
/// <param name="Span">Where it is, as Prisma counts it: with the comment.</param>
public sealed record BlockAttributeSyntax(AttributeSyntax Attribute, CommentSyntax? TrailingComment, TextSpan Span) : MemberSyntax(Span);

/// <summary>A value of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Attributes">Its attributes, in their order.</param>
/// <param name="Documentation">The comments before and behind it; null where it has none.</param>
/// <param name="TrailingComment">The comment behind it; null where there is none.</param>
/// <param name="Span">The whole line from its name, with its line break.</param>
public sealed record EnumValueSyntax(
    IdentifierSyntax Name, ImmutableArray<AttributeSyntax> Attributes, string? Documentation, CommentSyntax? TrailingComment, TextSpan Span) : MemberSyntax(Span);

/// <summary>A property of a datasource or generator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">What it is set to; null where nothing follows the <c>=</c>.</param>
/// <param name="TrailingComment">The comment behind it; null where there is none.</param>
/// <param name="Span">Its place in the text.</param>
public sealed record PropertySyntax(IdentifierSyntax Name, ExpressionSyntax? Value, CommentSyntax? TrailingComment, TextSpan Span) : MemberSyntax(Span);

/// <summary>Comments in a block, those on directly following lines together.</summary>
/// <param name="Comments">The comments.</param>
/// <param name="Span">Where they stand.</param>
public sealed record MemberCommentSyntax(ImmutableArray<CommentSyntax> Comments, TextSpan Span) : MemberSyntax(Span);

/// <summary>Blank lines in a block.</summary>
public sealed record BlankLinesSyntax(TextSpan Span) : MemberSyntax(Span);

/// <summary>A line in a block that is not of the language.</summary>
public sealed record InvalidLineSyntax(TextSpan Span) : MemberSyntax(Span);
