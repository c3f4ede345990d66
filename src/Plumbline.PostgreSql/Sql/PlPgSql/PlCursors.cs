using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>OPEN, FETCH, MOVE and CLOSE ("Cursors").</summary>
internal static class PlCursors
{
    /// <summary>The statement.</summary>
    public static PlCursorCommand Parse(PlSource source, int start)
    {
        var command = source.TextOf(source.Advance()).ToUpperInvariant();
        return command switch
        {
            "OPEN" => Open(source, start),
            "CLOSE" => Close(source, start),
            _ => Fetch(source, start, command),
        };
    }

    private static PlCursorCommand Close(PlSource source, int start)
    {
        var cursor = source.Name();
        return new PlCursorCommand(source.SpanFrom(start), "CLOSE", cursor, null, null, null);
    }

    private static PlCursorCommand Open(PlSource source, int start)
    {
        var cursor = source.Name();
        source.Accept("no");
        source.Accept("scroll");
        SqlStatement? query = null;
        SqlExpr? execute = null;
        if (source.Accept("for"))
        {
            if (source.Accept("execute"))
            {
                execute = PlStatements.ExpressionUntil(source, "using", "using");
                PlStatements.Using(source);
            }
            else
            {
                query = source.Statement();
            }
        }
        else if (source.Current.Symbol == '(')
        {
            source.Advance();
            source.MoveTo(source.Find(static token => token.Symbol == ')').Start);
            source.Expect(')');
        }

        return new PlCursorCommand(source.SpanFrom(start), "OPEN", cursor, query, execute, null);
    }

    // FETCH [direction FROM|IN] cursor INTO targets
    private static PlCursorCommand Fetch(PlSource source, int start, string command)
    {
        var word = source.Find(token => source.Is(token, "from") || source.Is(token, "in") || source.Is(token, "into"));
        if (source.Is(word, "from") || source.Is(word, "in"))
        {
            source.MoveTo(word.Start);
            source.Advance();
        }

        var cursor = source.Name();
        while (source.Current.Symbol != ';' && !source.Is("into") && source.Current.Kind != Lexing.TokenKind.End)
        {
            cursor = source.Name();
        }

        var into = command == "FETCH" ? PlSqlStatements.Into(source) : null;
        return new PlCursorCommand(source.SpanFrom(start), command, cursor, null, null, into);
    }
}
