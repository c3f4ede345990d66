using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Syntax;

/// <summary>A token of a JavaScript or TypeScript file.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">The text; of a literal what it stands for.</param>
/// <param name="Span">Where it is, the quotes of a literal included.</param>
internal readonly record struct ScriptToken(ScriptTokenKind Kind, string Text, TextSpan Span)
{
    /// <summary>Whether it is a certain punctuation mark.</summary>
    public bool Is(string punctuation) => Kind == ScriptTokenKind.Punctuation && Text == punctuation;

    /// <summary>Whether it is a certain word.</summary>
    public bool IsWord(string word) => Kind == ScriptTokenKind.Word && Text == word;
}
