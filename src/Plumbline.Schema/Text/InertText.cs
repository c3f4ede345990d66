using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Schema.Text;

/// <summary>
/// Text that controls nothing where it is shown. Names and texts of a repository or a database may hold what a terminal obeys (control characters of ECMA-48), what
/// turns the order of a line around (Unicode Standard Annex #9, "Unicode Bidirectional Algorithm"), or what nobody sees. Such characters are shown as escapes.
/// </summary>
public static class InertText
{
    // Tab and line feed are not among them. The last one begins the pairs of the invisible tag characters.
    private static readonly SearchValues<char> Active = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n')).Select(c => (char)c),
        .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c),
        '\u00AD', '\u061C', '\u180E', '\u200B', '\u200C', '\u200D', '\u200E', '\u200F', '\u2028', '\u2029', '\u202A', '\u202B', '\u202C', '\u202D', '\u202E',
        '\u2060', '\u2061', '\u2062', '\u2063', '\u2064', '\u2066', '\u2067', '\u2068', '\u2069', '\u206A', '\u206B', '\u206C', '\u206D', '\u206E', '\u206F',
        '\uFEFF', '\uFFF9', '\uFFFA', '\uFFFB', '\uDB40',
    ]);

    /// <summary>The place of the first character that is not shown as itself; -1 where there is none.</summary>
    public static int IndexOfActive(ReadOnlySpan<char> text) => text.IndexOfAny(Active);

    /// <summary>Whether a character is not shown as itself.</summary>
    public static bool IsActive(char character) => Active.Contains(character);

    /// <summary>The escape of a character, as in JSON: a backslash, <c>u</c> and four hexadecimal digits.</summary>
    public static string EscapeOf(char character) => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>A text with its active characters escaped; tabs and line feeds stay.</summary>
    public static string Escape(string text)
    {
        if (IndexOfActive(text) < 0)
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        Escape(text, escaped);
        return escaped.ToString();
    }

    /// <summary>Appends a text with its active characters escaped; tabs and line feeds stay.</summary>
    public static void Escape(ReadOnlySpan<char> text, StringBuilder output)
    {
        while (IndexOfActive(text) is var at and >= 0)
        {
            // A line may end as on Windows.
            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            {
                output.Append(text[..(at + 2)]);
                text = text[(at + 2)..];
                continue;
            }

            // Of a pair both go.
            var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
            output.Append(text[..at]).Append(EscapeOf(text[at])).Append(length == 2 ? EscapeOf(text[at + 1]) : "");
            text = text[(at + length)..];
        }

        output.Append(text);
    }

    /// <summary>A text for the middle of a line: as <see cref="Escape(string)"/>, with line breaks escaped and a blank for each tab.</summary>
    public static string InLine(string text)
    {
        var inert = Escape(text);
        return inert.AsSpan().IndexOfAny('\n', '\t') < 0
            ? inert
            : inert.Replace("\n", "\\n", StringComparison.Ordinal).Replace('\t', ' ');
    }
}
