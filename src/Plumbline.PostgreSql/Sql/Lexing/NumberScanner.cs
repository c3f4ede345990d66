namespace Plumbline.PostgreSql.Sql.Lexing;

/// <summary>Numbers as PostgreSQL 16 and later read them: underscores between digits, hexadecimal, octal and binary integers.</summary>
internal static class NumberScanner
{
    /// <summary>The length of the number at the start of a text.</summary>
    /// <param name="text">A text that begins with a digit, or with a point and a digit.</param>
    /// <param name="kind">Integer, numeric, or error.</param>
    public static int Scan(ReadOnlySpan<char> text, out TokenKind kind)
    {
        if (text[0] == '0' && text.Length > 1 && (text[1] | 0x20) is 'x' or 'o' or 'b')
        {
            return ScanBased(text, out kind);
        }

        var end = Digits(text, 0);
        kind = TokenKind.Integer;
        if (At(text, end) == '.' && At(text, end + 1) != '.')
        {
            kind = TokenKind.Numeric;
            end = Digits(text, end + 1);
        }

        if ((At(text, end) | 0x20) == 'e')
        {
            var digits = At(text, end + 1) is '+' or '-' ? end + 2 : end + 1;
            if (char.IsAsciiDigit(At(text, digits)))
            {
                kind = TokenKind.Numeric;
                end = Digits(text, digits);
            }
            else if (digits == end + 2)
            {
                // "1e+" is refused as it is; "1e" is a number with a letter behind it.
                kind = TokenKind.Error;
                return digits;
            }
        }

        if (kind == TokenKind.Integer && !FitsInteger(text[..end]))
        {
            kind = TokenKind.Numeric;
        }

        return WithJunk(text, end, ref kind);
    }

    /// <summary>What PostgreSQL says about a number that it refuses.</summary>
    public static string Explain(ReadOnlySpan<char> text)
    {
        var isBased = text.Length > 1 && text[0] == '0' && !HasDigit(text);
        return (isBased ? (char)(text[1] | 0x20) : '\0') switch
        {
            'x' => "invalid hexadecimal integer",
            'o' => "invalid octal integer",
            'b' => "invalid binary integer",
            _ => "trailing junk after numeric literal",
        };
    }

    /// <summary>The value of an integer token in decimal; the digits of any other number without underscores.</summary>
    public static string Normalize(ReadOnlySpan<char> text)
    {
        var digits = text.Contains('_') ? text.ToString().Replace("_", "", StringComparison.Ordinal) : text.ToString();
        if (digits.Length < 2 || digits[0] != '0' || !char.IsAsciiLetter(digits[1]) || (digits[1] | 0x20) == 'e')
        {
            return digits;
        }

        var value = System.Numerics.BigInteger.Zero;
        var radix = Radix(digits[1]);
        // Longer ones than this are beyond every type of PostgreSQL, and would take quadratic time here.
        if (digits.Length > 10_000)
        {
            return digits;
        }

        foreach (var c in digits.AsSpan(2))
        {
            value = (value * radix) + Convert.ToInt32(c.ToString(), 16);
        }

        return value.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int Radix(char letter) => (letter | 0x20) switch { 'x' => 16, 'o' => 8, _ => 2 };

    private static bool HasDigit(ReadOnlySpan<char> text)
    {
        var radix = Radix(text[1]);
        var first = At(text, 2) == '_' ? 3 : 2;
        return (text[1] | 0x20) is 'x' or 'o' or 'b' && IsDigit(At(text, first), radix);
    }

    private static int ScanBased(ReadOnlySpan<char> text, out TokenKind kind)
    {
        var radix = Radix(text[1]);
        var end = 2;
        while (IsDigit(At(text, end), radix) || (At(text, end) == '_' && IsDigit(At(text, end + 1), radix)))
        {
            end++;
        }

        if (end == 2)
        {
            kind = TokenKind.Error;
            var length = At(text, 2) == '_' ? 3 : 2;
            // The scanner takes the longest match: 0 followed by a word, if that is longer.
            var junk = EndOfWord(text, 1);
            return junk > length ? junk : length;
        }

        kind = FitsInteger(text[..end]) ? TokenKind.Integer : TokenKind.Numeric;
        return WithJunk(text, end, ref kind);
    }

    private static int WithJunk(ReadOnlySpan<char> text, int end, ref TokenKind kind)
    {
        var next = At(text, end);
        if (!char.IsAsciiLetter(next) && next != '_' && next < '\u0080')
        {
            return end;
        }

        kind = TokenKind.Error;
        return EndOfWord(text, end);
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] is '_' or '$' or >= '\u0080'))
        {
            position++;
        }

        return position;
    }

    private static bool FitsInteger(ReadOnlySpan<char> text)
    {
        long value = 0;
        var isBased = text.Length > 2 && char.IsAsciiLetter(text[1]);
        var radix = isBased ? Radix(text[1]) : 10;
        foreach (var c in isBased ? text[2..] : text)
        {
            if (c == '_')
            {
                continue;
            }

            value = (value * radix) + (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            if (value > int.MaxValue)
            {
                return false;
            }
        }

        return true;
    }

    private static int Digits(ReadOnlySpan<char> text, int position)
    {
        while (char.IsAsciiDigit(At(text, position)) || (At(text, position) == '_' && position > 0 && char.IsAsciiDigit(text[position - 1])
            && char.IsAsciiDigit(At(text, position + 1))))
        {
            position++;
        }

        return position;
    }

    private static bool IsDigit(char c, int radix) =>
        radix switch { 16 => char.IsAsciiHexDigit(c), 8 => c is >= '0' and <= '7', _ => c is '0' or '1' };

    private static char At(ReadOnlySpan<char> text, int position) => position < text.Length ? text[position] : '\0';
}
