using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the text, or of what the reader is allowed to see.</summary>
    End,

    /// <summary>A word that is no key word.</summary>
    Identifier,

    /// <summary><c>"name"</c>.</summary>
    QuotedIdentifier,

    /// <summary><c>U&amp;"name"</c>.</summary>
    UnicodeIdentifier,

    /// <summary>A key word.</summary>
    Keyword,

    /// <summary>An integer that fits in 32 bits.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Numeric,

    /// <summary><c>'text'</c>.</summary>
    String,

    /// <summary><c>E'text'</c>.</summary>
    EscapeString,

    /// <summary><c>U&amp;'text'</c>.</summary>
    UnicodeString,

    /// <summary><c>$tag$text$tag$</c>.</summary>
    DollarString,

    /// <summary><c>B'01'</c>.</summary>
    BitString,

    /// <summary><c>X'1F'</c>.</summary>
    HexString,

    /// <summary><c>$1</c>.</summary>
    Parameter,

    /// <summary>An operator other than those that have a kind of their own, or are a <see cref="Symbol"/>.</summary>
    Operator,

    /// <summary><c>::</c>.</summary>
    DoubleColon,

    /// <summary><c>:=</c>.</summary>
    ColonEquals,

    /// <summary><c>=></c>.</summary>
    Arrow,

    /// <summary><c>..</c>.</summary>
    DotDot,

    /// <summary><c>&lt;=</c>.</summary>
    LessEquals,

    /// <summary><c>>=</c>.</summary>
    GreaterEquals,

    /// <summary><c>&lt;></c> or <c>!=</c>.</summary>
    NotEquals,

    /// <summary>One character that stands for itself.</summary>
    Symbol,

    /// <summary>Something that PostgreSQL's scanner refuses.</summary>
    Error,

    /// <summary>White space (of <see cref="SqlLexer.NextWithTrivia"/> only).</summary>
    WhiteSpace,

    /// <summary><c>-- comment</c> (of <see cref="SqlLexer.NextWithTrivia"/> only).</summary>
    LineComment,

    /// <summary><c>/* comment */</c> (of <see cref="SqlLexer.NextWithTrivia"/> only).</summary>
    BlockComment,
}

/// <summary>A token: a kind and a place in the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Keyword">Which key word; <see cref="Keyword.NoKeyword"/> for anything else.</param>
/// <param name="Symbol">The character of a <see cref="TokenKind.Symbol"/>; else NUL.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset behind its last character.</param>
internal readonly record struct Token(TokenKind Kind, Keyword Keyword, char Symbol, int Start, int End)
{
    /// <summary>Where it is.</summary>
    public TextSpan Span => TextSpan.FromBounds(Start, End);

    /// <summary>Whether it is a string constant in any of its spellings.</summary>
    public bool IsString => Kind is TokenKind.String or TokenKind.EscapeString or TokenKind.UnicodeString or TokenKind.DollarString;
}
