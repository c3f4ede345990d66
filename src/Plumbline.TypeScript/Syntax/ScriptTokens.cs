using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.TypeScript.Syntax;

/// <summary>Cuts a JavaScript or TypeScript file into words, text literals and single punctuation marks: enough to read a configuration object.</summary>
internal static class ScriptTokens
{
    /// <summary>The tokens of a text, without comments.</summary>
    public static List<ScriptToken> Of(string text)
    {
        var tokens = new List<ScriptToken>();
        for (var i = 0; i < text.Length;)
        {
            var character = text[i];
            if (char.IsWhiteSpace(character))
            {
                i++;
            }
            else if (character == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                i = text.IndexOf('\n', i) is var end and >= 0 ? end : text.Length;
            }
            else if (character == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                i = text.IndexOf("*/", i + 2, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : text.Length;
            }
            else if (character is '"' or '\'' or '`')
            {
                var start = i;
                var literal = ReadLiteral(text, ref i);
                tokens.Add(new ScriptToken(ScriptTokenKind.Literal, literal, TextSpan.FromBounds(start, i)));
            }
            else if (char.IsLetterOrDigit(character) || character is '_' or '$')
            {
                var start = i;
                while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '$'))
                {
                    i++;
                }

                tokens.Add(new ScriptToken(ScriptTokenKind.Word, text[start..i], TextSpan.FromBounds(start, i)));
            }
            else
            {
                tokens.Add(new ScriptToken(ScriptTokenKind.Punctuation, character.ToString(), new TextSpan(i, 1)));
                i++;
            }
        }

        return tokens;
    }

    // What ${…} in a template stands for is not known; in paths it is nearly always the folder of the file, so it is left out.
    private static string ReadLiteral(string text, ref int i)
    {
        var quote = text[i++];
        var value = new StringBuilder();
        while (i < text.Length && text[i] != quote && (quote == '`' || text[i] != '\n'))
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                value.Append(text[i + 1] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', var other => other });
                i += 2;
            }
            else if (quote == '`' && text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{')
            {
                i = text.IndexOf('}', i) is var end and >= 0 ? end + 1 : text.Length;
                if (value.Length == 0 && i < text.Length && text[i] == '/')
                {
                    i++;
                }
            }
            else
            {
                value.Append(text[i++]);
            }
        }

        i = Math.Min(i + 1, text.Length);
        return value.ToString();
    }
}
