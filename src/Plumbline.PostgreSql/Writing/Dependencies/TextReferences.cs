namespace Plumbline.PostgreSql.Writing.Dependencies;

/// <summary>
/// What an expression or query may refer to, read off its text: names before a parenthesis can be functions, names behind <c>::</c> are types, and names in a
/// text that is cast to <c>regclass</c> are relations. A name that turns out to be no object's counts for nothing.
/// </summary>
internal sealed class TextReferences
{
    private readonly HashSet<(string? Schema, string Name)> _functions = [];
    private readonly HashSet<(string? Schema, string Name)> _types = [];
    private readonly HashSet<(string? Schema, string Name)> _relations = [];
    private readonly HashSet<(string? Schema, string Name)> _regclass = [];
    private readonly HashSet<string> _words = [];

    private TextReferences(string text)
    {
        var position = 0;
        var isType = false;
        var previous = "";
        while (position < text.Length)
        {
            switch (text[position])
            {
                case '\'':
                    var end = AfterString(text, position);
                    if (text.AsSpan(end).StartsWith("::regclass"))
                    {
                        AddRegclass(text[(position + 1)..(end - 1)]);
                    }

                    (position, previous, isType) = (end, "", false);
                    break;
                case ':' when position + 1 < text.Length && text[position + 1] == ':':
                    (position, isType) = (position + 2, true);
                    break;
                case '-' when position + 1 < text.Length && text[position + 1] == '-':
                    var line = text.IndexOf('\n', position);
                    position = line < 0 ? text.Length : line;
                    break;
                case '"':
                case var start when IsStart(start):
                    var chain = Chain(text, ref position);
                    Add(chain, isType || previous == "as", text.AsSpan(position).TrimStart().StartsWith("("));
                    (previous, isType) = (chain.Count == 1 ? chain[0] : "", false);
                    break;
                case var space when char.IsWhiteSpace(space):
                    position++;
                    break;
                default:
                    (position, previous, isType) = (position + 1, "", false);
                    break;
            }
        }

        Groups = text.Contains("GROUP BY", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Names that can be those of functions, with the schema where it is said.</summary>
    internal IReadOnlySet<(string? Schema, string Name)> Functions => _functions;

    /// <summary>Names that are those of types.</summary>
    internal IReadOnlySet<(string? Schema, string Name)> Types => _types;

    /// <summary>Names that can be those of tables, views and, where nothing says that they are types, of types.</summary>
    internal IReadOnlySet<(string? Schema, string Name)> Relations => _relations;

    /// <summary>Names in texts that are cast to <c>regclass</c>.</summary>
    internal IReadOnlySet<(string? Schema, string Name)> Regclass => _regclass;

    /// <summary>Every name, among which are those of columns.</summary>
    internal IReadOnlySet<string> Words => _words;

    /// <summary>Whether it groups: then it may depend on the primary key that makes other columns known.</summary>
    internal bool Groups { get; }

    internal static TextReferences Read(string text) => new(text);

    private void Add(List<string> chain, bool isType, bool isCall)
    {
        _words.UnionWith(chain);
        var name = chain.Count == 1 ? (null, chain[0]) : ((string?)chain[^2], chain[^1]);
        if (isType)
        {
            _types.Add(name);
            return;
        }

        if (isCall)
        {
            _functions.Add(name);
        }

        _relations.Add((null, chain[0]));
        if (chain.Count > 1)
        {
            _relations.Add((chain[0], chain[1]));
        }
    }

    private void AddRegclass(string text)
    {
        var position = 0;
        if (text.Length > 0 && (text[0] == '"' || IsStart(text[0])))
        {
            var chain = Chain(text.Replace("''", "'", StringComparison.Ordinal), ref position);
            _regclass.Add(chain.Count == 1 ? (null, chain[0]) : (chain[^2], chain[^1]));
        }
    }

    private static List<string> Chain(string text, ref int position)
    {
        var parts = new List<string> { Part(text, ref position) };
        while (position + 1 < text.Length && text[position] == '.' && (text[position + 1] == '"' || IsStart(text[position + 1])))
        {
            position++;
            parts.Add(Part(text, ref position));
        }

        return parts;
    }

    private static string Part(string text, ref int position)
    {
        var start = position;
        if (text[position] != '"')
        {
            while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '$' || char.IsSurrogate(text[position])))
            {
                position++;
            }

            return text[start..position].ToLowerInvariant();
        }

        var end = text.IndexOf('"', position + 1);
        while (end >= 0 && end + 1 < text.Length && text[end + 1] == '"')
        {
            end = text.IndexOf('"', end + 2);
        }

        position = end < 0 ? text.Length : end + 1;
        return text[(start + 1)..(end < 0 ? text.Length : end)].Replace("\"\"", "\"", StringComparison.Ordinal);
    }

    // Behind the closing quote. In the texts that PostgreSQL prints with E'…', a backslash stands before another character.
    private static int AfterString(string text, int quote)
    {
        var escapes = quote > 0 && text[quote - 1] is 'E' or 'e';
        for (var i = quote + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && escapes)
            {
                i++;
            }
            else if (text[i] == '\'')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\'')
                {
                    return i + 1;
                }

                i++;
            }
        }

        return text.Length;
    }

    private static bool IsStart(char character) => char.IsLetter(character) || character == '_' || char.IsSurrogate(character);
}
