using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using Plumbline.PostgreSql.Sql.Parsing.Tables;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Session;

/// <summary>Statements that concern a session, cursors and prepared statements, and small ones with a page of their own.</summary>
internal static class SessionStatements
{
    /// <summary>Such a statement; null where none begins here.</summary>
    public static SqlStatement? Parse(TokenReader r)
    {
        var start = r.Current.Start;
        switch (r.Current.Keyword)
        {
            case K.Do:
                return Do(r);
            case K.Call:
                r.Advance();
                var call = Calls.Arguments(r, Names.Function(r));
                return new CallStatement(r.SpanFrom(start), call);
            case K.Lock:
                return Lock(r);
            case K.Truncate:
                return Truncate(r);
            case K.Refresh:
                return Refresh(r);
            case K.Prepare:
                return Prepare(r);
            case K.Execute:
                return Execute(r);
            case K.Declare:
                return Declare(r);
            case K.Fetch or K.Move:
                return Fetch(r);
            case K.Close:
                r.Advance();
                return Command(r, start, "CLOSE", r.Accept(K.All) ? null : Names.Column(r));
            case K.Deallocate:
                r.Advance();
                if (r.At(K.Prepare) && (r.Next.Keyword == K.All || Names.IsColumnName(r.Next)))
                {
                    r.Advance();
                }

                return Command(r, start, "DEALLOCATE", r.Accept(K.All) ? null : Names.Column(r));
            case K.Discard:
                r.Advance();
                if (r.Current.Keyword is not (K.All or K.Temp or K.Temporary or K.Plans or K.Sequences))
                {
                    throw r.Unexpected();
                }

                return Command(r, start, "DISCARD", Names.Take(r));
            case K.Listen:
                r.Advance();
                return Command(r, start, "LISTEN", Names.Column(r));
            case K.Unlisten:
                r.Advance();
                return Command(r, start, "UNLISTEN", r.Accept('*') ? null : Names.Column(r));
            case K.Notify:
                r.Advance();
                var channel = Names.Column(r);
                if (r.Accept(','))
                {
                    Literals.String(r);
                }

                return Command(r, start, "NOTIFY", channel);
            case K.Load:
                r.Advance();
                var library = Literals.String(r);
                return Command(r, start, "LOAD", new Identifier(library.Text, library.Span));
            default:
                return null;
        }
    }

    /// <summary>EXECUTE.</summary>
    public static ExecuteStatement Execute(TokenReader r)
    {
        var start = r.Expect(K.Execute).Start;
        var name = Names.Column(r);
        var arguments = r.At('(') ? Lists.InParentheses(r, ExpressionParser.ParseInside) : [];
        return new ExecuteStatement(r.SpanFrom(start), name, arguments);
    }

    private static SessionCommandStatement Command(TokenReader r, int start, string command, Identifier? name) => new(r.SpanFrom(start), command, name);

    private static DoStatement Do(TokenReader r)
    {
        var start = r.Expect(K.Do).Start;
        ConstantExpr? code = null;
        string? language = null;
        int? repeated = null;
        do
        {
            var option = r.Current.Start;
            if (r.Accept(K.Language))
            {
                repeated ??= language is null ? null : option;
                language = Names.NonReservedOrString(r);
            }
            else
            {
                repeated ??= code is null ? null : option;
                code = Literals.String(r);
            }
        }
        while (r.Current.IsString || r.At(K.Language));

        // The grammar takes the options in any number; that there are too many or too few is found behind it.
        if (r.AtEnd && repeated is not null)
        {
            throw TokenReader.Error("conflicting or redundant options", repeated);
        }

        return code is null
            ? throw (r.AtEnd ? TokenReader.Error("no inline code specified", null) : r.Unexpected())
            : new DoStatement(r.SpanFrom(start), code.Text, code.Span, language) { CodeStart = Literals.ContentStart(r.Text, code.Span) };
    }

    private static LockStatement Lock(TokenReader r)
    {
        var start = r.Expect(K.Lock).Start;
        r.Accept(K.Table);
        var tables = Lists.Separated(r, FromItems.Relation);
        var mode = "ACCESS EXCLUSIVE";
        if (r.Accept(K.In))
        {
            mode = LockMode(r);
            r.Expect(K.Mode);
        }

        var isNoWait = r.Accept(K.Nowait);
        return new LockStatement(r.SpanFrom(start), tables, mode, isNoWait);
    }

    private static string LockMode(TokenReader r)
    {
        if (r.Accept(K.Access))
        {
            return r.Accept(K.Share) ? "ACCESS SHARE" : r.Accept(K.Exclusive) ? "ACCESS EXCLUSIVE" : throw r.Unexpected();
        }

        if (r.Accept(K.Row))
        {
            return r.Accept(K.Share) ? "ROW SHARE" : r.Accept(K.Exclusive) ? "ROW EXCLUSIVE" : throw r.Unexpected();
        }

        if (r.Accept(K.Share))
        {
            return r.Accept(K.Update, K.Exclusive) ? "SHARE UPDATE EXCLUSIVE" : r.Accept(K.Row, K.Exclusive) ? "SHARE ROW EXCLUSIVE" : "SHARE";
        }

        r.Expect(K.Exclusive);
        return "EXCLUSIVE";
    }

    private static TruncateStatement Truncate(TokenReader r)
    {
        var start = r.Expect(K.Truncate).Start;
        r.Accept(K.Table);
        var tables = Lists.Separated(r, FromItems.Relation);
        var restart = r.Accept(K.Restart, K.Identity);
        if (!restart)
        {
            r.Accept(K.Continue, K.Identity);
        }

        var isCascade = AlterTableActions.Behavior(r);
        return new TruncateStatement(r.SpanFrom(start), tables, restart, isCascade);
    }

    private static RefreshMaterializedViewStatement Refresh(TokenReader r)
    {
        var start = r.Expect(K.Refresh).Start;
        r.Expect(K.Materialized, K.View);
        var isConcurrent = r.Accept(K.Concurrently);
        var name = Names.Relation(r);
        var withData = CreateTableAs.WithData(r);
        return new RefreshMaterializedViewStatement(r.SpanFrom(start), name, isConcurrent, withData);
    }

    private static PrepareStatement Prepare(TokenReader r)
    {
        var start = r.Expect(K.Prepare).Start;
        var name = Names.Column(r);
        var types = r.At('(') ? Lists.InParentheses(r, TypeNames.Parse) : [];
        r.Expect(K.As);
        var statement = DataStatements.Preparable(r);
        return new PrepareStatement(r.SpanFrom(start), name, types, statement);
    }

    private static DeclareCursorStatement Declare(TokenReader r)
    {
        var start = r.Expect(K.Declare).Start;
        var name = Names.Column(r);
        while (true)
        {
            if (r.Accept(K.No))
            {
                r.Expect(K.Scroll);
            }
            else if (r.Current.Keyword is K.Scroll or K.Binary or K.Asensitive or K.Insensitive)
            {
                r.Advance();
            }
            else
            {
                break;
            }
        }

        r.Expect(K.Cursor);
        var withHold = r.Accept(K.With, K.Hold);
        if (!withHold)
        {
            r.Accept(K.Without, K.Hold);
        }

        r.Expect(K.For);
        var query = QueryParser.Parse(r);
        return new DeclareCursorStatement(r.SpanFrom(start), name, query, withHold);
    }

    private static SessionCommandStatement Fetch(TokenReader r)
    {
        var word = r.Advance();
        var isCursorNext = (r.Next.Kind == TokenKind.End || r.Next.Symbol == ';') && Names.IsColumnName(r.Current);
        if (!isCursorNext)
        {
            switch (r.Current.Keyword)
            {
                case K.Next or K.Prior or K.First or K.Last or K.All:
                    r.Advance();
                    break;
                case K.Absolute or K.Relative:
                    r.Advance();
                    Literals.SignedInteger(r);
                    break;
                case K.Forward or K.Backward:
                    r.Advance();
                    if (!r.Accept(K.All) && (r.At(TokenKind.Integer) || r.At('-') || r.At('+')))
                    {
                        Literals.SignedInteger(r);
                    }

                    break;
                default:
                    if (r.At(TokenKind.Integer) || r.At('-') || r.At('+'))
                    {
                        Literals.SignedInteger(r);
                    }

                    break;
            }
        }

        if (r.At(K.From, K.In))
        {
            r.Advance();
        }

        var cursor = Names.Column(r);
        return Command(r, word.Start, r.TextOf(word).ToUpperInvariant(), cursor);
    }
}
