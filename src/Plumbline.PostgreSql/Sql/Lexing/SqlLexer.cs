using System.Buffers;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>
/// Cuts SQL into tokens by the rules of PostgreSQL's scanner ("Lexical Structure" in its documentation). A value: copying it remembers a place.
/// </summary>
internal struct SqlLexer
{
    // What is never closed runs to the end of the text. PostgreSQL quotes all of it; of a very long one nobody reads more than this.
    private const int LongestQuote = 10_000;

    private const string OperatorCharacters = "~!@#^&|`?+-*/%<>=";

    private static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$");

    private readonly string _text;
    private readonly int _end;
    private int _position;

    /// <summary>Reads a part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="end">Where to stop; a token that is not finished there is unterminated.</param>
    public SqlLexer(string text, int start, int end)
    {
        _text = text;
        _position = start == 0 && text.Length > 0 && text[0] == '\uFEFF' ? 1 : start;
        _end = end;
    }

    /// <summary>Where the next token (or the space before it) begins.</summary>
    public readonly int Position => _position;

    /// <summary>The next token; white space and comments are skipped.</summary>
    public Token Next()
    {
        while (true)
        {
            var token = NextWithTrivia();
            if (token.Kind < TokenKind.WhiteSpace)
            {
                return token;
            }
        }
    }

    /// <summary>The next token, with white space and comments among them: the tokens of a text cover it without gaps.</summary>
    public Token NextWithTrivia()
    {
        var start = _position;
        if (start >= _end)
        {
            return new Token(TokenKind.End, Keyword.NoKeyword, '\0', _end, _end);
        }

        var c = _text[start];
        if (IsSpace(c))
        {
            SkipSpace();
            return Make(TokenKind.WhiteSpace, start);
        }

        if (IsIdentifierStart(c))
        {
            return ReadWord(start, c);
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(At(start + 1))))
        {
            _position = NumberScanner.Scan(_text.AsSpan(start, _end - start), out var kind) + start;
            return Make(kind, start);
        }

        switch (c)
        {
            case '\'':
                return ReadQuoted(TokenKind.String, start, 1);
            case '"':
                return ReadQuotedIdentifier(TokenKind.QuotedIdentifier, start, 1);
            case '$':
                return ReadDollar(start);
            case '-' when At(start + 1) == '-':
                SkipLineComment();
                return Make(TokenKind.LineComment, start);
            case '/' when At(start + 1) == '*':
                return Make(SkipBlockComment() ? TokenKind.BlockComment : TokenKind.Error, start);
            case ':' when At(start + 1) == ':':
                return Take(TokenKind.DoubleColon, start, 2);
            case ':' when At(start + 1) == '=':
                return Take(TokenKind.ColonEquals, start, 2);
            case '.' when At(start + 1) == '.':
                return Take(TokenKind.DotDot, start, 2);
            default:
                return OperatorCharacters.Contains(c, StringComparison.Ordinal) ? ReadOperator(start) : TakeSymbol(start);
        }
    }

    /// <summary>What PostgreSQL says about an <see cref="TokenKind.Error"/> token of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="token">The token.</param>
    public static SqlSyntaxError Explain(string text, Token token)
    {
        var rest = text.AsSpan(token.Start, token.End - token.Start);
        var message = rest[0] switch
        {
            '\'' or 'e' or 'E' or 'n' or 'N' => "unterminated quoted string",
            'b' or 'B' => "unterminated bit string literal",
            'x' or 'X' => "unterminated hexadecimal string literal",
            '/' => "unterminated /* comment",
            '"' => rest.Length == 2 && rest[1] == '"' ? "zero-length delimited identifier" : "unterminated quoted identifier",
            'u' or 'U' when rest[2] == '"' => rest.Length == 4 && rest[3] == '"' ? "zero-length delimited identifier" : "unterminated quoted identifier",
            'u' or 'U' => "unterminated quoted string",
            '$' => char.IsAsciiDigit(rest[1]) ? "trailing junk after parameter" : "unterminated dollar-quoted string",
            '~' or '!' or '@' or '#' or '^' or '&' or '|' or '`' or '?' or '+' or '-' or '*' or '%' or '<' or '>' or '=' => "operator too long",
            _ => NumberScanner.Explain(rest),
        };
        return message == "operator too long"
            ? new SqlSyntaxError("42601", message, token.Start)
            : new SqlSyntaxError("42601", $"{message} at or near \"{(rest.Length > LongestQuote ? rest[..LongestQuote] : rest)}\"", token.Start);
    }

    /// <summary>Whether PostgreSQL takes a character as white space.</summary>
    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    // PostgreSQL works on bytes: every byte of a character beyond ASCII counts as a letter.
    private static bool IsIdentifierStart(char c) => char.IsAsciiLetter(c) || c == '_' || c >= '\u0080';

    private readonly char At(int position) => position < _end ? _text[position] : '\0';

    private readonly Token Make(TokenKind kind, int start) => new(kind, Keyword.NoKeyword, '\0', start, _position);

    private Token Take(TokenKind kind, int start, int length)
    {
        _position = start + length;
        return Make(kind, start);
    }

    private Token TakeSymbol(int start)
    {
        _position = start + 1;
        return new Token(TokenKind.Symbol, Keyword.NoKeyword, _text[start], start, _position);
    }

    private Token ToEndOfText(int start)
    {
        _position = _end;
        return Make(TokenKind.Error, start);
    }

    private Token ReadWord(int start, char c)
    {
        var next = At(start + 1);
        if (next == '\'')
        {
            switch (c | 0x20)
            {
                case 'e':
                    return ReadQuoted(TokenKind.EscapeString, start, 2);
                case 'b':
                    return ReadQuoted(TokenKind.BitString, start, 2);
                case 'x':
                    return ReadQuoted(TokenKind.HexString, start, 2);
                case 'n':
                    // N'text' is the key word NCHAR followed by a string.
                    _position = start + 1;
                    return new Token(TokenKind.Keyword, Keyword.Nchar, '\0', start, _position);
            }
        }
        else if (next == '&' && (c | 0x20) == 'u')
        {
            switch (At(start + 2))
            {
                case '\'':
                    return ReadQuoted(TokenKind.UnicodeString, start, 3);
                case '"':
                    return ReadQuotedIdentifier(TokenKind.UnicodeIdentifier, start, 3);
            }
        }

        _position = EndOfWord(start + 1);
        var keyword = KeywordTable.Find(_text.AsSpan(start, _position - start));
        return new Token(keyword == Keyword.NoKeyword ? TokenKind.Identifier : TokenKind.Keyword, keyword, '\0', start, _position);
    }

    private readonly int EndOfWord(int position)
    {
        while (true)
        {
            var length = _text.AsSpan(position, _end - position).IndexOfAnyExcept(IdentifierCharacters);
            if (length < 0)
            {
                return _end;
            }

            position += length;
            if (_text[position] < '\u0080')
            {
                return position;
            }

            position++;
        }
    }

    private Token ReadQuotedIdentifier(TokenKind kind, int start, int prefix)
    {
        var position = start + prefix;
        while (true)
        {
            var length = _text.AsSpan(position, _end - position).IndexOf('"');
            if (length < 0)
            {
                return ToEndOfText(start);
            }

            position += length + 1;
            if (At(position) != '"')
            {
                break;
            }

            position++;
        }

        _position = position;
        return Make(position == start + prefix + 1 ? TokenKind.Error : kind, start);
    }

    private Token ReadQuoted(TokenKind kind, int start, int prefix)
    {
        var position = start + prefix;
        while (true)
        {
            var rest = _text.AsSpan(position, _end - position);
            var length = kind == TokenKind.EscapeString ? rest.IndexOfAny('\'', '\\') : rest.IndexOf('\'');
            if (length < 0)
            {
                return ToEndOfText(start);
            }

            position += length + 1;
            if (rest[length] == '\\')
            {
                if (position >= _end)
                {
                    return ToEndOfText(start);
                }

                position++;
            }
            else if (At(position) == '\'')
            {
                position++;
            }
            else if (!ContinuesOnAnotherLine(ref position))
            {
                _position = position;
                return Make(kind, start);
            }
        }
    }

    // A string goes on behind its quote where another quote follows with a line break (and possibly comments) between them.
    private readonly bool ContinuesOnAnotherLine(ref int position)
    {
        var (i, hasLineBreak) = (position, false);
        for (; i < _end; i++)
        {
            var c = _text[i];
            if (c is '\n' or '\r')
            {
                hasLineBreak = true;
            }
            else if (c == '-' && At(i + 1) == '-')
            {
                var length = _text.AsSpan(i, _end - i).IndexOfAny('\n', '\r');
                if (length < 0)
                {
                    return false;
                }

                i += length - 1;
            }
            else if (c == '\'' && hasLineBreak)
            {
                position = i + 1;
                return true;
            }
            else if (!IsSpace(c))
            {
                return false;
            }
        }

        return false;
    }

    private Token ReadDollar(int start)
    {
        var position = start + 1;
        if (char.IsAsciiDigit(At(position)))
        {
            while (char.IsAsciiDigit(At(position)))
            {
                position++;
            }

            var hasJunk = IsIdentifierStart(At(position));
            _position = hasJunk ? EndOfWord(position) : position;
            return Make(hasJunk ? TokenKind.Error : TokenKind.Parameter, start);
        }

        while (IsIdentifierStart(At(position)) || (position > start + 1 && char.IsAsciiDigit(At(position))))
        {
            position++;
        }

        if (At(position) != '$')
        {
            return TakeSymbol(start);
        }

        var tag = _text.AsSpan(start, position + 1 - start);
        var end = _text.AsSpan(position + 1, _end - position - 1).IndexOf(tag);
        if (end < 0)
        {
            return ToEndOfText(start);
        }

        _position = position + 1 + end + tag.Length;
        return Make(TokenKind.DollarString, start);
    }

    private void SkipSpace()
    {
        while (_position < _end && IsSpace(_text[_position]))
        {
            _position++;
        }
    }

    private void SkipLineComment()
    {
        var length = _text.AsSpan(_position, _end - _position).IndexOfAny('\n', '\r');
        _position = length < 0 ? _end : _position + length;
    }

    private bool SkipBlockComment()
    {
        var depth = 1;
        for (_position += 2; _position < _end; _position++)
        {
            var length = _text.AsSpan(_position, _end - _position).IndexOfAny('/', '*');
            if (length < 0)
            {
                break;
            }

            _position += length;
            var (c, next) = (_text[_position], At(_position + 1));
            if (c == '/' && next == '*')
            {
                depth++;
                _position++;
            }
            else if (c == '*' && next == '/')
            {
                _position++;
                if (--depth == 0)
                {
                    _position++;
                    return true;
                }
            }
        }

        _position = _end;
        return false;
    }

    // An operator ends where a comment begins, and may end in + or - only if it has one of ~ ! @ # % ^ & | ` ?.
    private Token ReadOperator(int start)
    {
        var end = start;
        while (end < _end && OperatorCharacters.Contains(_text[end], StringComparison.Ordinal))
        {
            if (end > start && ((_text[end] == '-' && At(end + 1) == '-') || (_text[end] == '/' && At(end + 1) == '*')))
            {
                break;
            }

            end++;
        }

        var text = _text.AsSpan(start, end - start);
        if (text.Length > 1 && text[^1] is '+' or '-' && text.IndexOfAny("~!@#^&|`?%") < 0)
        {
            text = text[..Math.Max(1, text.TrimEnd("+-").Length)];
        }

        var kind = text switch
        {
            ['+' or '-' or '*' or '/' or '%' or '^' or '<' or '>' or '='] => TokenKind.Symbol,
            "<=" => TokenKind.LessEquals,
            ">=" => TokenKind.GreaterEquals,
            "<>" or "!=" => TokenKind.NotEquals,
            "=>" => TokenKind.Arrow,
            { Length: >= 64 } => TokenKind.Error,
            _ => TokenKind.Operator,
        };
        return kind == TokenKind.Symbol ? TakeSymbol(start) : Take(kind, start, text.Length);
    }
}
