namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Finds what may be a name in the text of an expression or query: words, quoted names, and names inside strings (<c>nextval('a_seq'::regclass)</c>).
/// </summary>
internal static class NameScanner
{
    internal static HashSet<string> Names(string text)
    {
        var names = new HashSet<string>();
        var position = 0;
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
                names.Add(text[(start + 1)..(end < 0 ? text.Length : end)].Replace("\"\"", "\"", StringComparison.Ordinal));
            }
            else if (char.IsLetter(character) || character == '_' || char.IsSurrogate(character))
            {
                while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '$' || char.IsSurrogate(text[position])))
                {
                    position++;
                }

                names.Add(text[start..position].ToLowerInvariant());
            }
            else
            {
                position++;
            }
        }

        return names;
    }
}
