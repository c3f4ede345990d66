using Plumbline.PostgreSql.Sql.Lexing;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>
/// Where a statement that can't be parsed ends, as psql decides it: at a semicolon outside parentheses, and outside the BEGIN … END of a
/// CREATE FUNCTION or PROCEDURE.
/// </summary>
internal static class StatementBoundary
{
    /// <summary>Finds the end of a statement.</summary>
    /// <param name="text">The script.</param>
    /// <param name="start">Where the statement begins.</param>
    /// <param name="isPsql">Whether a backslash ends it, too.</param>
    /// <returns>The offset of the semicolon (or of what else ends it), and whether a psql variable is in it.</returns>
    public static (int End, bool HasVariable) Find(string text, int start, bool isPsql)
    {
        var lexer = new SqlLexer(text, start, text.Length);
        var (parentheses, blocks, words) = (0, 0, 0);
        var (hasVariable, isRoutine, isCreate) = (false, false, false);
        Token previous = default;
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind == TokenKind.End)
            {
                return (token.Start, hasVariable);
            }

            if (isPsql && token.Symbol == '\\')
            {
                return (token.Start, hasVariable);
            }

            switch (token.Symbol)
            {
                case '(':
                    parentheses++;
                    break;
                case ')':
                    parentheses = Math.Max(0, parentheses - 1);
                    break;
                case ';' when parentheses == 0 && blocks == 0:
                    return (token.Start, hasVariable);
            }

            hasVariable |= isPsql && previous.Symbol == ':' && previous.End == token.Start
                && token.Kind is TokenKind.Identifier or TokenKind.QuotedIdentifier or TokenKind.String or TokenKind.Keyword;
            if (token.Kind is TokenKind.Keyword && parentheses == 0)
            {
                isCreate |= words == 0 && token.Keyword == K.Create;
                isRoutine |= isCreate && words < 4 && token.Keyword is K.Function or K.Procedure;
                blocks = !isRoutine ? 0 : token.Keyword switch
                {
                    K.Begin => blocks + 1,
                    K.Case when blocks > 0 => blocks + 1,
                    K.End when blocks > 0 => blocks - 1,
                    _ => blocks,
                };
            }

            words++;
            previous = token;
        }
    }

    /// <summary>The end of a statement without the white space (but with the comments) before its semicolon.</summary>
    public static int TrimEnd(string text, int start, int end)
    {
        while (end > start && SqlLexer.IsSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
