namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>
/// Brings the text of an expression to one form, so that texts which say the same in other words are equal: <c>now()</c> is <c>CURRENT_TIMESTAMP</c>,
/// <c>ARRAY[]::text[]</c> is <c>'{}'</c>, <c>'1'::integer</c> is <c>1</c>, <c>(a AND b) AND c</c> is <c>a AND b AND c</c>.
/// </summary>
internal static class ExpressionNormalizer
{
    /// <summary>The structure of an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="names">Names to replace, for columns that have another name on the other side; null for none.</param>
    /// <param name="isQuery">Whether it is the query of a view.</param>
    internal static CanonicalNode Parse(string text, IReadOnlyDictionary<string, string>? names = null, bool isQuery = false)
    {
        var tokens = ExpressionLexer.Read(text);
        if (isQuery)
        {
            tokens = SingleItemQuery.WithoutQualifier(tokens);
        }

        if (names is not null)
        {
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Kind == ExpressionTokenKind.Name && names.TryGetValue(tokens[i].Text, out var name))
                {
                    tokens[i] = tokens[i] with { Text = name };
                }
            }
        }

        return CanonicalParser.Parse(tokens);
    }

    /// <summary>The form of an expression as a text, in which constants have no types.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="names">Names to replace, for columns that have another name on the other side; null for none.</param>
    internal static string Normalize(string text, IReadOnlyDictionary<string, string>? names = null) => CanonicalText.Of(Parse(text, names));
}
