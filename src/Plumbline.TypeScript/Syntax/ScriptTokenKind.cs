namespace Plumbline.TypeScript.Syntax;

/// <summary>Kinds of <see cref="ScriptToken"/>.</summary>
internal enum ScriptTokenKind
{
    /// <summary>A name, a keyword or a number.</summary>
    Word,

    /// <summary>A text in quotes.</summary>
    Literal,

    /// <summary>A single sign.</summary>
    Punctuation,
}
