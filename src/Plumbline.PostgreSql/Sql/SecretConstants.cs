using Plumbline.PostgreSql.Sql.Lexing;

namespace Plumbline.PostgreSql.Sql;

/// <summary>The constants of an expression that may be secrets.</summary>
public static class SecretConstants
{
    /// <summary>
    /// The values of the strings that functions take as passwords or keys, and of the default of a column of secrets all strings but the arguments of other functions
    /// (<c>encode(gen_random_bytes(16), 'hex')</c>). Of an array each element is one.
    /// </summary>
    /// <param name="expression">The expression.</param>
    /// <param name="isOfSecret">Whether it is the default of a column whose values are secrets.</param>
    public static IReadOnlyList<string> Of(string expression, bool isOfSecret)
    {
        var values = new List<string>();

        // Whether the strings within the parentheses that are open are hidden.
        var hides = new Stack<bool>([isOfSecret]);
        var lexer = new SqlLexer(expression, 0, expression.Length);
        var last = default(Token);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            switch (token.Kind)
            {
                case TokenKind.Error:
                    return values;
                case TokenKind.String or TokenKind.EscapeString or TokenKind.UnicodeString or TokenKind.DollarString when hides.Peek():
                    Add(values, expression, token);
                    break;
                default:
                    if (token.Symbol == '(')
                    {
                        var isCall = last.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier;
                        hides.Push(isCall ? SecretFunctions.Contains(expression.AsSpan(last.Start, last.End - last.Start)) : hides.Peek());
                    }
                    else if (token.Symbol == ')' && hides.Count > 1)
                    {
                        hides.Pop();
                    }

                    break;
            }

            last = token;
        }

        return values;
    }

    private static void Add(List<string> values, string expression, Token token)
    {
        string value;
        try
        {
            value = TokenText.ReadString(expression, token);
        }
        catch (SqlSyntaxException)
        {
            return;
        }

        values.Add(value);
        if (value.StartsWith('{') && value.EndsWith('}'))
        {
            values.AddRange(value[1..^1].Split(',').Select(static element => element.Trim(' ', '"')));
        }
    }
}
