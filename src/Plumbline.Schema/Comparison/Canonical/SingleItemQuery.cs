namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// What PostgreSQL 16 changed about the text of a view: where a query has one item in FROM, its columns are printed without the item's name. Until 15 they had it,
/// for a view kept two items more than it was written with. Queries within stand there with names in both.
/// </summary>
internal static class SingleItemQuery
{
    /// <summary>The tokens of a query in the form of PostgreSQL 16.</summary>
    /// <param name="tokens">The tokens of a view's query, as PostgreSQL prints it.</param>
    internal static List<ExpressionToken> WithoutQualifier(List<ExpressionToken> tokens)
    {
        if (FromClause(tokens) is not var (start, end) || QualifierOf(tokens, start, end) is not { } qualifier)
        {
            return tokens;
        }

        var result = new List<ExpressionToken>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i == start)
            {
                result.AddRange(tokens.GetRange(start, end - start));
                i = end - 1;
            }
            else if (IsQuery(tokens, i))
            {
                var close = Closing(tokens, i);
                result.AddRange(tokens.GetRange(i, close - i + 1));
                i = close;
            }
            else if (IsColumn(tokens, i, qualifier))
            {
                i++;
            }
            else
            {
                result.Add(tokens[i]);
            }
        }

        return result;
    }

    private static bool IsColumn(List<ExpressionToken> tokens, int index, string qualifier) =>
        tokens[index].IsName(qualifier) && index + 2 < tokens.Count && tokens[index + 1].Is(".") && tokens[index + 2].Kind == ExpressionTokenKind.Name &&
        (index == 0 || (!tokens[index - 1].Is(".") && !tokens[index - 1].Is("::"))) && (index + 3 == tokens.Count || !tokens[index + 3].Is("("));

    // Where FROM's items begin and end; null where there is none, and where several queries are put together.
    private static (int Start, int End)? FromClause(List<ExpressionToken> tokens)
    {
        (int Start, int End)? found = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Is("("))
            {
                i = Closing(tokens, i);
            }
            else if (tokens[i] is { Kind: ExpressionTokenKind.Name, IsQuoted: false })
            {
                switch (tokens[i].Text)
                {
                    case "union" or "intersect" or "except":
                        return null;
                    case "from" when found is null:
                        found = (i + 1, tokens.Count);
                        break;
                    case "where" or "group" or "having" or "window" or "order" or "offset" or "limit" or "fetch" or "for" when found is { } clause && clause.End == tokens.Count:
                        found = (clause.Start, i);
                        break;
                }
            }
        }

        return found;
    }

    // The name under which FROM's one item is known; null where there are several.
    private static string? QualifierOf(List<ExpressionToken> tokens, int start, int end)
    {
        var name = default(string);
        for (var i = start; i < end; i++)
        {
            var token = tokens[i];
            if (token.Is(",") || token.IsWord("join"))
            {
                return null;
            }

            if (token.Is("("))
            {
                // What begins with a parenthesis is a query, or a join.
                if (i == start && !IsQuery(tokens, i))
                {
                    return null;
                }

                i = Closing(tokens, i);
            }
            else if (token.IsWord("tablesample"))
            {
                break;
            }
            else if (token.Kind == ExpressionTokenKind.Name && !(!token.IsQuoted && token.Text is "only" or "lateral" or "with" or "ordinality" or "rows"))
            {
                name = token.Text;
            }
        }

        return name;
    }

    private static bool IsQuery(List<ExpressionToken> tokens, int index) =>
        tokens[index].Is("(") && index + 1 < tokens.Count && tokens[index + 1] is { Kind: ExpressionTokenKind.Name, IsQuoted: false, Text: "select" or "with" or "values" };

    private static int Closing(List<ExpressionToken> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Count; i++)
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return tokens.Count - 1;
    }
}
