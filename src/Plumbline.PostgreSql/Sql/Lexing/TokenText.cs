using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>What tokens say, without their quotes and escapes.</summary>
internal static class TokenText
{
    /// <summary>The longest name in bytes: <c>NAMEDATALEN - 1</c>.</summary>
    public const int LongestName = 63;

    private const string EscapeHint = "Unicode escapes must be \\XXXX or \\+XXXXXX.";

    /// <summary>The name that a word or quoted identifier is.</summary>
    /// <param name="text">The text that contains the token.</param>
    /// <param name="token">A word, key word or quoted identifier.</param>
    /// <param name="escape">The escape character of <c>U&amp;""</c>.</param>
    public static Identifier ReadIdentifier(string text, Token token, char escape = '\\')
    {
        var name = token.Kind switch
        {
            TokenKind.QuotedIdentifier => Unquote(text.AsSpan(token.Start + 1, token.End - token.Start - 2), '"'),
            TokenKind.UnicodeIdentifier => DecodeUnicode(Unquote(text.AsSpan(token.Start + 3, token.End - token.Start - 4), '"'), escape, token.Start + 3),
            _ => FoldCase(text.AsSpan(token.Start, token.End - token.Start)),
        };
        var cut = Cut(name);
        return new Identifier(cut, token.Span, cut.Length == name.Length ? null : name);
    }

    /// <summary>A name cut to 63 bytes of UTF-8, never within a character.</summary>
    public static string Cut(string name)
    {
        if (name.Length <= LongestName / 3)
        {
            return name;
        }

        var (bytes, end) = (0, 0);
        while (end < name.Length)
        {
            Rune.DecodeFromUtf16(name.AsSpan(end), out var rune, out var length);
            bytes += rune.Utf8SequenceLength;
            if (bytes > LongestName)
            {
                return name[..end];
            }

            end += length;
        }

        return name;
    }

    /// <summary>The value of a string token.</summary>
    /// <exception cref="SqlSyntaxException">An escape in it is wrong.</exception>
    public static string ReadString(string text, Token token, char escape = '\\')
    {
        var whole = text.AsSpan(token.Start, token.End - token.Start);
        switch (token.Kind)
        {
            case TokenKind.DollarString:
                var tag = whole[1..].IndexOf('$') + 2;
                return whole[tag..^tag].ToString();
            case TokenKind.EscapeString:
                return EscapeStringDecoder.Decode(Join(whole[1..], hasEscapes: true), text, token);
            case TokenKind.UnicodeString:
                return DecodeUnicode(Unquote(Join(whole[2..], hasEscapes: false), '\''), escape, token.Start + 3);
            case TokenKind.BitString or TokenKind.HexString:
                return char.ToLowerInvariant(whole[0]) + Unquote(Join(whole[1..], hasEscapes: false), '\'');
            default:
                return Unquote(Join(whole, hasEscapes: false), '\'');
        }
    }

    /// <summary>A word with its ASCII letters in lower case.</summary>
    public static string FoldCase(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                return string.Create(word.Length, word, static (result, source) =>
                {
                    for (var i = 0; i < source.Length; i++)
                    {
                        result[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
                    }
                });
            }
        }

        return word.ToString();
    }

    // What is between the quotes; the parts of a string that goes on over several lines without what is between them.
    private static ReadOnlySpan<char> Join(ReadOnlySpan<char> quoted, bool hasEscapes)
    {
        StringBuilder? joined = null;
        var start = 1;
        for (var i = 1; i < quoted.Length; i++)
        {
            if (quoted[i] == '\\' && hasEscapes)
            {
                i++;
            }
            else if (quoted[i] == '\'')
            {
                if (i + 1 < quoted.Length && quoted[i + 1] == '\'')
                {
                    i++;
                }
                else if (i + 1 < quoted.Length)
                {
                    joined ??= new StringBuilder();
                    joined.Append(quoted[start..i]);
                    i = NextQuote(quoted, i + 1);
                    start = i + 1;
                }
            }
        }

        var last = quoted[start..^1];
        return joined is null ? last : joined.Append(last).ToString();
    }

    private static int NextQuote(ReadOnlySpan<char> quoted, int position)
    {
        while (quoted[position] != '\'')
        {
            if (quoted[position] == '-')
            {
                position += quoted[position..].IndexOfAny('\n', '\r');
            }
            else
            {
                position++;
            }
        }

        return position;
    }

    private static string Unquote(ReadOnlySpan<char> inner, char quote) =>
        inner.Contains(quote) ? inner.ToString().Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal) : inner.ToString();

    // U&'d\0061t\+000061', "String Constants with Unicode Escapes".
    private static string DecodeUnicode(string inner, char escape, int offset)
    {
        if (!inner.Contains(escape))
        {
            return inner;
        }

        var result = new StringBuilder(inner.Length);
        char? high = null;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != escape || (i + 1 < inner.Length && inner[i + 1] == escape))
            {
                RefuseLoneSurrogate(high, offset + i);
                result.Append(inner[i]);
                i += inner[i] == escape ? 1 : 0;
                continue;
            }

            var isLong = i + 1 < inner.Length && inner[i + 1] == '+';
            var (start, length) = isLong ? (i + 2, 6) : (i + 1, 4);
            if (start + length > inner.Length
                || !int.TryParse(inner.AsSpan(start, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                throw new SqlSyntaxException(new SqlSyntaxError("42601", "invalid Unicode escape", offset + i, EscapeHint));
            }

            AppendCode(result, code, ref high, offset + i);
            i = start + length - 1;
        }

        RefuseLoneSurrogate(high, offset + inner.Length);
        return result.ToString();
    }

    private static void AppendCode(StringBuilder result, int code, ref char? high, int position)
    {
        if (code is 0 or > 0x10FFFF)
        {
            throw new SqlSyntaxException(new SqlSyntaxError("42601", "invalid Unicode escape value", position));
        }

        if (code is >= 0xDC00 and <= 0xDFFF && high is { } first)
        {
            result.Append(first).Append((char)code);
            high = null;
            return;
        }

        RefuseLoneSurrogate(high, position);
        if (code is >= 0xDC00 and <= 0xDFFF)
        {
            RefuseLoneSurrogate((char)code, position);
        }
        else if (code is >= 0xD800 and <= 0xDBFF)
        {
            high = (char)code;
        }
        else
        {
            result.Append(char.ConvertFromUtf32(code));
        }
    }

    private static void RefuseLoneSurrogate(char? high, int position)
    {
        if (high is not null)
        {
            throw new SqlSyntaxException(new SqlSyntaxError("42601", "invalid Unicode surrogate pair", position));
        }
    }
}
