namespace Plumbline.Audit.Workspace.Files;

/// <summary>One line of a <c>.gitignore</c> (git documentation, "gitignore", "Pattern format").</summary>
internal sealed class GitIgnorePattern
{
    private const string AnyFolders = "**";

    // No path that a file system allows needs a longer one.
    private const int LongestPattern = 4096;

    private const int LongestCheap = 64;

    private const int FoldersOfPath = 32;

    private readonly string[] _segments;
    private readonly string? _name;
    private readonly bool _isPlain;
    private readonly bool _isCostly;
    private readonly int _length;

    private GitIgnorePattern(string[] segments, bool isNegated, bool isFolderOnly)
    {
        _segments = segments;
        _name = segments is [AnyFolders, not AnyFolders and var only] ? only : null;
        _isPlain = _name?.AsSpan().IndexOfAny("*?[\\") < 0;
        _isCostly = segments.Any(segment => segment.AsSpan().Count('*') > 2 || segment.AsSpan().Count('[') > 2) || segments.Sum(segment => segment.Length) > LongestCheap;
        _length = segments.Sum(segment => segment.Length);
        IsNegated = isNegated;
        IsFolderOnly = isFolderOnly;
    }

    /// <summary>Whether the pattern takes back what an earlier one ignored.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether the pattern is about folders only.</summary>
    public bool IsFolderOnly { get; }

    /// <summary>Reads a line; null where it holds no pattern.</summary>
    public static GitIgnorePattern? Parse(ReadOnlySpan<char> line)
    {
        line = TrimTrailingBlanks(line.TrimEnd("\r\n"));
        if (line.IsEmpty || line[0] == '#' || line.Length > LongestPattern)
        {
            return null;
        }

        var isNegated = line[0] == '!';
        if (isNegated)
        {
            line = line[1..];
        }

        var isFolderOnly = line.EndsWith("/");
        if (isFolderOnly)
        {
            line = line[..^1];
        }

        if (line.IsEmpty)
        {
            return null;
        }

        // A slash at the beginning or in the middle ties the pattern to the folder of its file; without one it holds at every depth.
        var isAnchored = line.Contains('/');
        var segments = line.TrimStart('/').ToString().Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0)
        {
            return null;
        }

        // Without a slash beside them, two stars are one.
        return new GitIgnorePattern(isAnchored ? segments : [AnyFolders, segments[0] == AnyFolders ? "*" : segments[0]], isNegated, isFolderOnly);
    }

    /// <summary>What it costs to match a path, in units of what an ordinary pattern costs.</summary>
    public long CostOf(int pathLength) => _isCostly ? 1 + ((long)_length * pathLength / 16) : 1 + (pathLength / 256);

    /// <summary>Whether the pattern matches a path, given relative to the folder of the pattern's file.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        if (_name is not null)
        {
            var last = path[(path.LastIndexOf('/') + 1)..];
            return _isPlain ? last.SequenceEqual(_name) : SegmentMatches(_name, last);
        }

        Span<Range> parts = stackalloc Range[FoldersOfPath];
        var count = path.Count('/') + 1;
        parts = count <= parts.Length ? parts : new Range[count];
        parts = parts[..path.Split(parts[..count], '/')];
        int part = 0, segment = 0, retryPart = -1, retrySegment = -1;

        // As with a single star in a word, only the last ** need be tried at other lengths.
        while (part < parts.Length)
        {
            if (segment < _segments.Length && _segments[segment] == AnyFolders)
            {
                // A ** at the end stands for everything inside, not for the folder itself.
                if (segment == _segments.Length - 1)
                {
                    return part < parts.Length && (segment == 0 || part > 0);
                }

                (retryPart, retrySegment) = (part, ++segment);
            }
            else if (segment < _segments.Length && SegmentMatches(_segments[segment], path[parts[part]]))
            {
                part++;
                segment++;
            }
            else if (retrySegment >= 0)
            {
                (part, segment) = (++retryPart, retrySegment);
            }
            else
            {
                return false;
            }
        }

        return segment == _segments.Length;
    }

    private static ReadOnlySpan<char> TrimTrailingBlanks(ReadOnlySpan<char> line)
    {
        while (line.EndsWith(" ") && !line.EndsWith("\\ "))
        {
            line = line[..^1];
        }

        return line;
    }

    private static bool SegmentMatches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, retryPattern = -1, retryText = -1;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (retryPattern, retryText) = (++p, t);
            }
            else if (p < pattern.Length && CharacterMatches(pattern, p, text[t], out var next))
            {
                p = next;
                t++;
            }
            else if (retryPattern >= 0)
            {
                (p, t) = (retryPattern, ++retryText);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool CharacterMatches(ReadOnlySpan<char> pattern, int position, char character, out int next)
    {
        next = position + 1;
        switch (pattern[position])
        {
            case '?':
                return true;
            case '\\' when next < pattern.Length:
                return pattern[next++] == character;
            case '[':
                return SetMatches(pattern, character, ref next);
            default:
                return pattern[position] == character;
        }
    }

    // A set that does not end matches nothing. After its beginning, a bracket that closes is one of its characters.
    private static bool SetMatches(ReadOnlySpan<char> pattern, char character, ref int at)
    {
        var isNegated = at < pattern.Length && pattern[at] is '!' or '^';
        var found = false;
        var previous = '\0';
        at += isNegated ? 1 : 0;
        for (var first = at; at < pattern.Length && (at == first || pattern[at] != ']'); at++)
        {
            var next = pattern[at];
            if (next == '-' && previous != '\0' && at + 1 < pattern.Length && pattern[at + 1] != ']')
            {
                at += pattern[at + 1] == '\\' && at + 2 < pattern.Length ? 2 : 1;
                found |= character >= previous && character <= pattern[at];
                previous = '\0';
                continue;
            }

            if (next == '[' && NameOfClass(pattern[(at + 1)..]) is { IsEmpty: false } name)
            {
                at += name.Length + ":".Length + ":]".Length;
                found |= ClassContains(name, character);
                previous = '\0';
                continue;
            }

            if (next == '\\' && at + 1 < pattern.Length)
            {
                next = pattern[++at];
            }

            found |= character == next;
            previous = next;
        }

        return at++ < pattern.Length && found != isNegated;
    }

    // What stands between "[:" and ":]".
    private static ReadOnlySpan<char> NameOfClass(ReadOnlySpan<char> pattern)
    {
        var end = pattern.IndexOf(']');
        return end > 2 && pattern[0] == ':' && pattern[end - 1] == ':' ? pattern[1..(end - 1)] : [];
    }

    private static bool ClassContains(ReadOnlySpan<char> name, char character) => name switch
    {
        "alnum" => char.IsAsciiLetterOrDigit(character),
        "alpha" => char.IsAsciiLetter(character),
        "blank" => character is ' ' or '\t',
        "cntrl" => character < ' ' || character == '\u007F',
        "digit" => char.IsAsciiDigit(character),
        "graph" => character is > ' ' and < '\u007F',
        "lower" => char.IsAsciiLetterLower(character),
        "print" => character is >= ' ' and < '\u007F',
        "punct" => character < '\u007F' && (char.IsPunctuation(character) || char.IsSymbol(character)),
        "space" => character is ' ' or (>= '\t' and <= '\r'),
        "upper" => char.IsAsciiLetterUpper(character),
        "xdigit" => char.IsAsciiHexDigit(character),
        _ => false,
    };
}
