using System.Globalization;
using System.Text;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>Decodes <c>E'…'</c> ("String Constants with C-Style Escapes"). Bytes given in octal or hexadecimal are taken as UTF-8.</summary>
internal static class EscapeStringDecoder
{
    /// <summary>The value of what is between the quotes.</summary>
    /// <param name="inner">What is between the quotes.</param>
    /// <param name="text">The text that contains the token.</param>
    /// <param name="token">The token, for the place of an error.</param>
    /// <exception cref="SqlSyntaxException">An escape in it is wrong.</exception>
    public static string Decode(ReadOnlySpan<char> inner, string text, Token token)
    {
        if (inner.IndexOfAny('\\', '\'') < 0)
        {
            return inner.ToString();
        }

        var result = new StringBuilder(inner.Length);
        var bytes = new List<byte>();
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\'' || i + 1 >= inner.Length || inner[i] != '\\')
            {
                Flush(result, bytes);
                result.Append(inner[i]);
                i += inner[i] == '\'' ? 1 : 0;
                continue;
            }

            i++;
            var c = inner[i];
            if (c is >= '0' and <= '7')
            {
                var length = CountDigits(inner, i, 3, static d => d is >= '0' and <= '7');
                bytes.Add((byte)Convert.ToInt32(inner.Slice(i, length).ToString(), 8));
                i += length - 1;
            }
            else if (c == 'x' && CountDigits(inner, i + 1, 2, char.IsAsciiHexDigit) is > 0 and var hexLength)
            {
                bytes.Add(byte.Parse(inner.Slice(i + 1, hexLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += hexLength;
            }
            else
            {
                Flush(result, bytes);
                i = c is 'u' or 'U' ? AppendUnicode(result, inner, i, text, token) : AppendSimple(result, c, i);
            }
        }

        Flush(result, bytes);
        return result.ToString();
    }

    private static int AppendSimple(StringBuilder result, char c, int position)
    {
        result.Append(c switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v', _ => c });
        return position;
    }

    private static int AppendUnicode(StringBuilder result, ReadOnlySpan<char> inner, int position, string text, Token token)
    {
        var length = inner[position] == 'u' ? 4 : 8;
        if (CountDigits(inner, position + 1, length, char.IsAsciiHexDigit) < length)
        {
            throw Refuse("22025", "invalid Unicode escape", "Unicode escapes must be \\uXXXX or \\UXXXXXXXX.");
        }

        var code = uint.Parse(inner.Slice(position + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (code is 0 or > 0x10FFFF)
        {
            throw Refuse("42601", $"invalid Unicode escape value at or near \"{Near()}\"", null);
        }

        var end = position + length;
        if (code is >= 0xD800 and <= 0xDFFF)
        {
            // A pair of surrogates must be two escapes, one behind the other.
            if (code > 0xDBFF || end + 6 >= inner.Length || inner[end + 1] != '\\' || inner[end + 2] != 'u'
                || !ushort.TryParse(inner.Slice(end + 3, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low)
                || !char.IsLowSurrogate((char)low))
            {
                throw Refuse("42601", $"invalid Unicode surrogate pair at or near \"{Near()}\"", null);
            }

            result.Append((char)code).Append((char)low);
            return end + 6;
        }

        result.Append(char.ConvertFromUtf32((int)code));
        return end;

        SqlSyntaxException Refuse(string sqlState, string message, string? hint) => new(new SqlSyntaxError(sqlState, message, Place(), hint));

        // The place of the backslash; of a string that goes on over several lines, the string's.
        int Place() => token.Start + 1 + position < token.End && text[token.Start + 1 + position] == '\\' ? token.Start + 1 + position : token.Start;

        string Near() => text[Place()..Math.Min(token.End, Place() + 2 + length)];
    }

    private static int CountDigits(ReadOnlySpan<char> text, int start, int most, Func<char, bool> isDigit)
    {
        var count = 0;
        while (count < most && start + count < text.Length && isDigit(text[start + count]))
        {
            count++;
        }

        return count;
    }

    private static void Flush(StringBuilder result, List<byte> bytes)
    {
        if (bytes.Count > 0)
        {
            result.Append(Encoding.UTF8.GetString([.. bytes]));
            bytes.Clear();
        }
    }
}
