using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Dotenv;

/// <summary>Reads an environment file as dotenv does: whatever the pattern <c>LINE</c> of its <c>lib/main.js</c> matches, and nothing else.</summary>
internal ref struct DotenvReader
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly ImmutableArray<DotenvEntry>.Builder _entries = ImmutableArray.CreateBuilder<DotenvEntry>();

    private DotenvReader(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    /// <summary>The variables of a file in their order; of two of one name the later one counts.</summary>
    public static ImmutableArray<DotenvEntry> Read(SourceText source)
    {
        var reader = new DotenvReader(source);
        for (var position = 0; position < source.Text.Length;)
        {
            var start = reader.SkipSpace(position);
            position = reader.EndOfLine(reader.ReadEntry(start) ?? start) + 1;
        }

        return reader._entries.ToImmutable();
    }

    // Gives the end of the entry; null where the line holds none.
    private readonly int? ReadEntry(int start)
    {
        const string export = "export";
        if (string.CompareOrdinal(_text, start, export, 0, export.Length) == 0 && SkipSpace(start + export.Length) is var behind &&
            behind > start + export.Length &&
            ReadAssignment(behind) is { } end)
        {
            return end;
        }

        return ReadAssignment(start);
    }

    private readonly int? ReadAssignment(int start)
    {
        var nameEnd = start;
        while (nameEnd < _text.Length && (char.IsAsciiLetterOrDigit(_text[nameEnd]) || _text[nameEnd] is '_' or '.' or '-'))
        {
            nameEnd++;
        }

        if (nameEnd == start || ValueStart(nameEnd) is not { } valueStart)
        {
            return null;
        }

        var quoteStart = SkipSpace(valueStart);
        var quote = quoteStart < _text.Length ? _text[quoteStart] : '\0';
        var end = quote is '\'' or '"' or '`' ? ClosingQuote(quoteStart) + 1 : null;
        var isCut = false;
        if (end is null)
        {
            end = valueStart;
            while (end < _text.Length && _text[end.Value] is not ('#' or '\r' or '\n'))
            {
                end++;
            }

            isCut = end < _text.Length && _text[end.Value] == '#' && end > valueStart && !IsSpace(_text[end.Value - 1]);
        }

        var raw = Trim(_text.AsSpan(valueStart, end.Value - valueStart));
        var location = _source.LocationOf(TextSpan.FromBounds(start, end.Value - TrailingSpace(nameEnd, end.Value)));
        _entries.Add(new DotenvEntry(_text[start..nameEnd], ValueOf(raw), location, isCut));
        return end;
    }

    // Behind "=", which blanks may precede, or behind ":" and one blank.
    private readonly int? ValueStart(int nameEnd)
    {
        var sign = SkipSpace(nameEnd);
        if (sign < _text.Length && _text[sign] == '=')
        {
            return sign + 1;
        }

        if (nameEnd + 1 < _text.Length && _text[nameEnd] == ':' && IsSpace(_text[nameEnd + 1]))
        {
            return nameEnd + (string.CompareOrdinal(_text, nameEnd + 1, "\r\n", 0, 2) == 0 ? 3 : 2);
        }

        return null;
    }

    // The quote that ends a value: the first without a backslash before it, where only a comment follows on the line; else the last one, backslash or not, of
    // which that is true.
    private readonly int? ClosingQuote(int open)
    {
        var quote = _text[open];
        var escaped = new Stack<int>();
        for (var i = open + 1; i < _text.Length; i++)
        {
            if (_text[i] == '\\' && i + 1 < _text.Length && _text[i + 1] == quote)
            {
                escaped.Push(++i);
            }
            else if (_text[i] == quote)
            {
                if (EndsValue(i))
                {
                    return i;
                }

                break;
            }
        }

        while (escaped.TryPop(out var candidate))
        {
            if (EndsValue(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private readonly bool EndsValue(int quote)
    {
        var next = quote + 1;
        while (next < _text.Length && IsSpace(_text[next]) && _text[next] is not ('\r' or '\n'))
        {
            next++;
        }

        return next >= _text.Length || _text[next] is '\r' or '\n' or '#';
    }

    private static string ValueOf(ReadOnlySpan<char> raw)
    {
        var isDouble = raw.StartsWith('"');
        if (raw.Length >= 2 && raw[0] is '\'' or '"' or '`' && raw[^1] == raw[0])
        {
            raw = raw[1..^1];
        }

        var value = raw.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return isDouble ? value.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal) : value;
    }

    private readonly int SkipSpace(int position)
    {
        while (position < _text.Length && IsSpace(_text[position]))
        {
            position++;
        }

        return position;
    }

    private readonly int EndOfLine(int position)
    {
        var length = _text.AsSpan(Math.Min(position, _text.Length)).IndexOfAny('\r', '\n');
        return length < 0 ? _text.Length : position + length;
    }

    private readonly int TrailingSpace(int from, int end)
    {
        var start = end;
        while (start > from && IsSpace(_text[start - 1]))
        {
            start--;
        }

        return end - start;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }

        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    // What JavaScript's \s and trim() take for space.
    private static bool IsSpace(char character) => (char.IsWhiteSpace(character) && character != '\u0085') || character == '\uFEFF';
}
