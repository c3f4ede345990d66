using System.Text;

namespace Plumbline.PostgreSql.Writing;

/// <summary>
/// Writes <c>((a AND b) AND c)</c> as <c>(a AND b AND c)</c>, which is how PostgreSQL prints what it reads from either (<c>makeAndExpr</c>). It keeps the
/// former only where BETWEEN or a comparison of rows made it, and what is written has to be what is read back.
/// </summary>
internal static class NestedConnectives
{
    internal static string Flatten(string statement)
    {
        if (!statement.Contains(") AND ", StringComparison.Ordinal) && !statement.Contains(") OR ", StringComparison.Ordinal))
        {
            return statement;
        }

        var removed = Removable(statement);
        if (removed.Count == 0)
        {
            return statement;
        }

        var flat = new StringBuilder(statement.Length);
        for (var i = 0; i < statement.Length; i++)
        {
            if (!removed.Contains(i))
            {
                flat.Append(statement[i]);
            }
        }

        return flat.ToString();
    }

    // The brackets around what stands first in a bracket and is followed by the word that it is made with itself.
    private static HashSet<int> Removable(string text)
    {
        var removed = new HashSet<int>();
        var open = new Stack<Group>();
        var closed = default(Group);
        var isAfterOpen = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\n':
                    continue;
                case '(':
                    open.Push(new Group(i, isAfterOpen));
                    (isAfterOpen, closed) = (true, null);
                    continue;
                case ')' when open.TryPop(out var group):
                    group.End = i;
                    closed = group;
                    break;
                case '\'' or '"':
                    i = AfterQuoted(text, i);
                    closed = null;
                    break;
                case '$' when DollarQuoteEnd(text, i) is { } end:
                    i = end;
                    closed = null;
                    break;
                case var first when char.IsAsciiLetter(first) || first == '_' || first > 127:
                    var start = i;
                    while (i + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[i + 1]) || text[i + 1] is '_' or '$' || text[i + 1] > 127))
                    {
                        i++;
                    }

                    var word = text[start..(i + 1)];
                    if (word is "AND" or "OR" && open.TryPeek(out var around))
                    {
                        around.Word = word;
                        if (closed is { IsFirst: true } && closed.Word == word)
                        {
                            removed.Add(closed.Start);
                            removed.Add(closed.End);
                        }
                    }

                    closed = null;
                    break;
                default:
                    closed = null;
                    break;
            }

            isAfterOpen = false;
        }

        return removed;
    }

    private static int AfterQuoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == text[start])
            {
                if (i + 1 >= text.Length || text[i + 1] != text[start])
                {
                    return i;
                }

                i++;
            }
        }

        return text.Length;
    }

    private static int? DollarQuoteEnd(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end >= text.Length || text[end] != '$')
        {
            return null;
        }

        var tag = text[start..(end + 1)];
        var close = text.IndexOf(tag, end + 1, StringComparison.Ordinal);
        return close < 0 ? text.Length : close + tag.Length - 1;
    }

    private sealed class Group(int start, bool isFirst)
    {
        public int Start { get; } = start;

        public bool IsFirst { get; } = isFirst;

        public int End { get; set; }

        public string? Word { get; set; }
    }
}
