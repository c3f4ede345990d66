namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Finds what may be a name in the text of an expression or query: words, quoted names, and names inside strings (<c>nextval('a_seq'::regclass)</c>).
/// </summary>
internal static class NameScanner
{
    internal static IEnumerable<string> Names(string text)
    {
        var position = 0;
        while (Next(text, ref position) is { } name)
        {
            yield return name;
        }
    }

    /// <summary>
    /// The names that can be those of relations, types and functions: not key words, nor the names of columns behind a dot, nor what precedes it, nor
    /// those given with AS, nor what is in quotes, unless a cast makes it a name. A name in a schema is reported as the schema, a zero and the name.
    /// </summary>
    internal static HashSet<string> RelationNames(string text, Func<string, bool> isSchema)
    {
        var names = new HashSet<string>();
        var position = 0;
        var last = "";
        var end = 0;
        while (position < text.Length)
        {
            var quote = text.IndexOf('\'', position);
            var before = position;
            var name = Next(text, ref position);
            if (quote >= 0 && (name is null || quote < Start(text, before)))
            {
                position = AfterString(text, quote);
                if (text.AsSpan(position).StartsWith("::regclass"))
                {
                    names.UnionWith(Names(text[quote..position]));
                }

                (last, end) = ("", 0);
                continue;
            }

            if (name is null)
            {
                break;
            }

            var start = Start(text, before);
            var isBehindDot = start > 0 && text[start - 1] == '.' && end == start - 1;
            if (isBehindDot && isSchema(last))
            {
                names.Add($"{last}\0{name}");
            }
            else if (!isBehindDot && last != "as" && (text[start] == '"' || SqlIdentifier.Quote(name) == name) &&
                (position >= text.Length || text[position] != '.'))
            {
                names.Add(name);
            }

            (last, end) = (name, position);
        }

        return names;
    }

    private static int Start(string text, int position)
    {
        while (position < text.Length && text[position] != '"' && !IsStart(text[position]))
        {
            position++;
        }

        return position;
    }

    private static int AfterString(string text, int quote)
    {
        var end = text.IndexOf('\'', quote + 1);
        while (end >= 0 && end + 1 < text.Length && text[end + 1] == '\'')
        {
            end = text.IndexOf('\'', end + 2);
        }

        return end < 0 ? text.Length : end + 1;
    }

    private static bool IsStart(char character) => char.IsLetter(character) || character == '_' || char.IsSurrogate(character);

    private static string? Next(string text, ref int position)
    {
        while (position < text.Length)
        {
            var character = text[position];
            var start = position;
            if (character == '"')
            {
                var end = text.IndexOf('"', position + 1);
                while (end >= 0 && end + 1 < text.Length && text[end + 1] == '"')
                {
                    end = text.IndexOf('"', end + 2);
                }

                position = end < 0 ? text.Length : end + 1;
                return text[(start + 1)..(end < 0 ? text.Length : end)].Replace("\"\"", "\"", StringComparison.Ordinal);
            }

            if (IsStart(character))
            {
                while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '$' || char.IsSurrogate(text[position])))
                {
                    position++;
                }

                return text[start..position].ToLowerInvariant();
            }

            position++;
        }

        return null;
    }
}
