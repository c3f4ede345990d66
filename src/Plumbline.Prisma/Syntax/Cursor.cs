using System.Buffers;
using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Syntax;

/// <summary>
/// The lexer: a place in a file, and the words of the language that can stand there. Which words are possible depends on the construct (a <c>-</c> may be in a
/// name
/// or begin a number, a line break ends almost everything), so there is no stream of tokens; each parser asks for the word that it needs.
/// </summary>
internal sealed class Cursor(SourceText source)
{
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\r\n");
    private readonly string _text = source.Text;

    /// <summary>The text that is read.</summary>
    public SourceText Source { get; } = source;

    /// <summary>Offset of the next character.</summary>
    public int Position { get; set; }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Position >= _text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public char Current => Position < _text.Length ? _text[Position] : '\0';

    /// <summary>The span from a start up to here.</summary>
    public TextSpan From(int start) => TextSpan.FromBounds(start, Position);

    /// <summary>Goes over blanks and tabs; line breaks are no blanks.</summary>
    public void SkipBlanks()
    {
        while (Position < _text.Length && IsBlank(_text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Takes a character if it is the next one.</summary>
    public bool Take(char c)
    {
        if (Current != c || AtEnd)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Takes a text if it comes next.</summary>
    public bool Take(string text)
    {
        if (!StartsWith(text))
        {
            return false;
        }

        Position += text.Length;
        return true;
    }

    /// <summary>Whether a text comes next.</summary>
    public bool StartsWith(string text) => _text.AsSpan(Position).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Takes one line break: LF, CRLF or CR.</summary>
    public bool TakeLineBreak()
    {
        if (Take('\n'))
        {
            return true;
        }

        if (!Take('\r'))
        {
            return false;
        }

        Take('\n');
        return true;
    }

    /// <summary>Goes to the end of the line, in front of its line break.</summary>
    public void SkipLine()
    {
        var rest = _text.AsSpan(Position).IndexOfAny(LineBreaks);
        Position = rest < 0 ? _text.Length : Position + rest;
    }

    /// <summary>Takes blank lines; the end of the file ends no line.</summary>
    public bool TakeBlankLines()
    {
        var start = Position;
        while (true)
        {
            var line = Position;
            SkipBlanks();
            if (!TakeLineBreak())
            {
                Position = line;
                return line > start;
            }
        }
    }

    /// <summary>Takes a name: a letter or digit, then letters, digits, <c>_</c> and <c>-</c>; digits are those of ASCII, letters those of all
    /// scripts.</summary>
    public IdentifierSyntax? TakeIdentifier()
    {
        var start = Position;
        return SkipIdentifier() ? new IdentifierSyntax(_text[start..Position], From(start)) : null;
    }

    /// <summary>Takes a name with dots, which may also stand doubled or at its end.</summary>
    public IdentifierSyntax? TakePath()
    {
        var start = Position;
        if (!SkipIdentifier())
        {
            return null;
        }

        while (Take('.'))
        {
            SkipIdentifier();
        }

        return new IdentifierSyntax(_text[start..Position], From(start));
    }

    /// <summary>Takes a number.</summary>
    public NumberSyntax? TakeNumber()
    {
        var start = Position;
        Take('-');
        if (!SkipDigits())
        {
            Position = start;
            return null;
        }

        var whole = Position;
        if (Take('.') && !SkipDigits())
        {
            Position = whole;
        }

        return new NumberSyntax(_text[start..Position], From(start));
    }

    /// <summary>Takes a string in double quotes that ends on its line.</summary>
    public StringSyntax? TakeString()
    {
        var start = Position;
        if (!Take('"'))
        {
            return null;
        }

        var hasEscape = false;
        while (Position < _text.Length)
        {
            var c = _text[Position];
            if (c == '"')
            {
                var content = TextSpan.FromBounds(start + 1, Position);
                Position++;
                var value = hasEscape ? new StringEscapes(Source, content, null).Resolve() : Source.Slice(content).ToString();
                return new StringSyntax(value, From(start));
            }

            if (c == '\\' && Position + 1 < _text.Length)
            {
                hasEscape = true;
                Position += char.IsHighSurrogate(_text[Position + 1]) && Position + 2 < _text.Length ? 3 : 2;
            }
            else if (c < ' ')
            {
                break;
            }
            else
            {
                Position++;
            }
        }

        Position = start;
        return null;
    }

    /// <summary>Takes a comment. The blanks before it belong to it.</summary>
    public CommentSyntax? TakeComment()
    {
        var start = Position;
        SkipBlanks();
        if (Take("//"))
        {
            var kind = Take('/') ? CommentKind.Documentation : CommentKind.Line;
            var content = Position;
            SkipLine();
            return new CommentSyntax(kind, From(content), From(start));
        }

        if (Take("/*"))
        {
            var content = Position;
            var end = IndexOfCommentEnd();
            if (end >= 0)
            {
                Position = end + 2;
                return new CommentSyntax(CommentKind.Block, TextSpan.FromBounds(content, end), From(start));
            }
        }

        Position = start;
        return null;
    }

    // Once the search has come back empty, no later one can find an end: without this, a file full of /* takes quadratic time.
    private bool _noMoreCommentEnds;

    private int IndexOfCommentEnd()
    {
        if (_noMoreCommentEnds)
        {
            return -1;
        }

        var end = _text.IndexOf("*/", Position, StringComparison.Ordinal);
        _noMoreCommentEnds = end < 0;
        return end;
    }

    private bool SkipIdentifier()
    {
        var start = Position;
        while (true)
        {
            var c = Current;
            if (char.IsAsciiLetterOrDigit(c) || (c is '_' or '-' && Position > start))
            {
                Position++;
            }
            else if (c > '\u007f' && Rune.DecodeFromUtf16(_text.AsSpan(Position), out var rune, out var length) == OperationStatus.Done && Rune.IsLetter(rune))
            {
                Position += length;
            }
            else
            {
                return Position > start;
            }
        }
    }

    private bool SkipDigits()
    {
        var start = Position;
        while (char.IsAsciiDigit(Current))
        {
            Position++;
        }

        return Position > start;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t' || (c > '\u007f' && char.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);
}
