using System.Globalization;
using System.Text;

namespace Plumbline.Schema.Text;

/// <summary>
/// Text that controls nothing where it is shown. Names and texts of a repository or a database may hold what a terminal obeys (control characters of ECMA-48), what
/// turns the order of a line around (Unicode Standard Annex #9, "Unicode Bidirectional Algorithm"), or what nobody sees. Such characters are shown as escapes.
/// </summary>
public static class InertText
{
    // The first halves of pairs of which some are such: shorthand format controls and those of musical symbols.
    private const char ShorthandHigh = '\uD82F';
    private const char MusicalHigh = '\uD834';

    // Tab and line feed are not among them. Behind the line separators come the characters with the property Default_Ignorable_Code_Point (Unicode Character Database,
    // "DerivedCoreProperties.txt"), which are shown as nothing, and the Braille pattern without dots. The last ones begin the pairs of those beyond the first plane.
    /// <summary>The place of the first character that is not shown as itself; -1 where there is none.</summary>
    public static int IndexOfActive(ReadOnlySpan<char> text)
    {
        var from = 0;
        while (text[from..].IndexOfAnyExceptInRange(' ', '~') is var at and >= 0)
        {
            from += at;
            if (IsListed(text[from]) && !IsShown(text, from))
            {
                return from;
            }

            from++;
        }

        return -1;
    }

    /// <summary>Whether a character, which is no half of a pair, is not shown as itself.</summary>
    public static bool IsActive(char character) => IsListed(character) && !char.IsSurrogate(character);

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

    // Of these pairs most are signs like any other.
    private static bool IsShown(ReadOnlySpan<char> text, int at)
    {
        var low = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            ShorthandHigh => low is < '\uDCA0' or > '\uDCA3',
            MusicalHigh => low is < '\uDD73' or > '\uDD7A',
            _ => false,
        };
    }

    // Halves of pairs are among them. Comparisons need nothing to be made when the program starts.
    private static bool IsListed(char character) => character switch
    {
        '\t' or '\n' => false,
        <= '\u001F' or (>= '\u007F' and <= '\u009F') => true,
        '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') => true,
        (>= '\u200B' and <= '\u200F') or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') => true,
        '\u2800' or '\u3164' or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF' or '\uFFA0' or (>= '\uFFF0' and <= '\uFFFB') => true,
        ShorthandHigh or MusicalHigh or (>= '\uDB40' and <= '\uDB43') => true,
        _ => false,
    };
}
