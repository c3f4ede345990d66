using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>The escapes of a string, which are those of JSON (RFC 8259, section 7).</summary>
internal ref struct StringEscapes(SourceText source, TextSpan content, Action<string, TextSpan>? report)
{
    private const string InvalidUnicode = "Invalid unicode escape sequence.";
    private readonly ReadOnlySpan<char> _text = source.Slice(content);

    /// <summary>The text that the string means. An escape that is none is reported, and left out.</summary>
    public readonly string Resolve()
    {
        var result = new StringBuilder(_text.Length);
        for (var i = 0; i < _text.Length; i++)
        {
            if (_text[i] != '\\' || i + 1 >= _text.Length)
            {
                result.Append(_text[i]);
                continue;
            }

            var escape = i++;
            switch (_text[i])
            {
                case '"' or '\\' or '/':
                    result.Append(_text[i]);
                    break;
                case 'b':
                    result.Append('\b');
                    break;
                case 'f':
                    result.Append('\f');
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'u':
                    i = escape + AppendCodePoint(result, escape) - 1;
                    break;
                default:
                    i += char.IsHighSurrogate(_text[i]) && i + 1 < _text.Length ? 1 : 0;
                    Say(@"Unknown escape sequence. If the value is a windows-style path, `\` must be escaped as `\\`.", escape, i + 1 - escape);
                    break;
            }
        }

        return result.ToString();
    }

    // Appends what a \u escape means and returns how many characters it takes: a pair of surrogates is written as two escapes.
    private readonly int AppendCodePoint(StringBuilder result, int start)
    {
        var (length, first) = ReadCodeUnit(start);
        if (first is not { } unit)
        {
            Say(InvalidUnicode, start, Math.Max(length, 2));
            return Math.Max(length, 2);
        }

        if (!char.IsSurrogate(unit))
        {
            result.Append(unit);
            return length;
        }

        var (secondLength, second) = ReadCodeUnit(start + length);
        if (second is not { } low)
        {
            Say(InvalidUnicode, start, length);
            return length;
        }

        if (char.IsSurrogatePair(unit, low))
        {
            result.Append(unit).Append(low);
        }
        else
        {
            Say(InvalidUnicode, start, length + secondLength);
        }

        return length + secondLength;
    }

    private readonly (int Length, char? Unit) ReadCodeUnit(int start)
    {
        if (start + 4 > _text.Length || _text[start] != '\\' || _text[start + 1] != 'u')
        {
            return (0, null);
        }

        for (var i = 0; i < 4; i++)
        {
            if (start + 2 + i >= _text.Length || !char.IsAsciiHexDigit(_text[start + 2 + i]))
            {
                return (2 + i, null);
            }
        }

        return (6, (char)ushort.Parse(_text.Slice(start + 2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private readonly void Say(string message, int start, int length) =>
        report?.Invoke(message, TextSpan.FromBounds(content.Start + start, Math.Min(content.Start + start + length, content.End)));
}
