using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.PostgreSql.Sql.Parsing;

namespace Plumbline.PostgreSql.Sql.PlPgSql;

/// <summary>The statements ("Basic Statements", "Control Structures").</summary>
internal static class PlStatements
{
    /// <summary>Statements up to one of some words.</summary>
    public static ImmutableArray<PlStatement> Until(PlSource source, params ReadOnlySpan<string> words)
    {
        var statements = ImmutableArray.CreateBuilder<PlStatement>();
        while (true)
        {
            foreach (var word in words)
            {
                if (source.Is(word))
                {
                    return statements.ToImmutable();
                }
            }

            statements.Add(Parse(source));
        }
    }

    private static PlStatement Parse(PlSource source)
    {
        source.Enter();
        var statement = One(source);
        source.Expect(';');
        source.Leave();
        return statement;
    }

    private static PlStatement One(PlSource source)
    {
        var start = source.Current.Start;
        var label = PlBlocks.Label(source);
        if (source.Is("declare") || source.Is("begin"))
        {
            return PlBlocks.BehindLabel(source, start, label);
        }

        if (PlLoops.TryParse(source, start, label) is { } loop)
        {
            return loop;
        }

        if (label is not null)
        {
            throw source.Unexpected();
        }

        return IsAssignment(source) ? Assignment(source, start) : Simple(source, start);
    }

    private static PlStatement Simple(PlSource source, int start)
    {
        if (source.Current.Kind is not (TokenKind.Keyword or TokenKind.Identifier))
        {
            return source.Current.Symbol == '(' || source.Current.Kind is TokenKind.QuotedIdentifier ? PlSqlStatements.Parse(source,
                start) : throw source.Unexpected();
        }

        switch (TokenText.FoldCase(source.TextOf(source.Current)))
        {
            case "if":
                return PlConditionals.If(source, start);
            case "case":
                return PlConditionals.Case(source, start);
            case "exit" or "continue":
                return Exit(source, start);
            case "return":
                return PlReturns.Parse(source, start);
            case "raise":
                return PlRaises.Parse(source, start);
            case "assert":
                return Assert(source, start);
            case "execute":
                return Execute(source, start);
            case "perform":
                source.Advance();
                var query = source.Read([], isExpression: true, PlExpressions.Query);
                return new PlPerform(source.SpanFrom(start), query);
            case "null":
                source.Advance();
                return new PlNull(source.SpanFrom(start));
            case "commit" or "rollback":
                var isCommit = source.Is("commit");
                source.Statement();
                return new PlTransaction(source.SpanFrom(start), isCommit);
            case "get":
                return PlDiagnostics.Parse(source, start);
            case "open" or "fetch" or "move" or "close":
                return PlCursors.Parse(source, start);
            case "else" or "elsif" or "elseif" or "end" or "exception" or "when" or "then" or "loop" or "into" or "using" or "from" or "to" or "by" or "in"
                or "all" or "not" or "or" or "strict":
                throw source.Unexpected();
            default:
                return PlSqlStatements.Parse(source, start);
        }
    }

    // A name, with fields and subscripts, and := or = behind it.
    private static bool IsAssignment(PlSource source)
    {
        if (!Names.IsLabel(source.Current) && source.Current.Kind != TokenKind.Parameter)
        {
            return false;
        }

        var next = source.Next;
        if (next.Kind == TokenKind.ColonEquals || next.Symbol == '=')
        {
            return true;
        }

        if (next.Symbol is not ('.' or '['))
        {
            return false;
        }

        var end = source.Find(static token => token.Kind == TokenKind.ColonEquals || token.Symbol == '=');
        return end.Kind == TokenKind.ColonEquals || (end.Symbol == '=' && source.Current.Kind != TokenKind.Keyword);
    }

    private static PlAssignment Assignment(PlSource source, int start)
    {
        var end = source.Find(static token => token.Kind == TokenKind.ColonEquals || token.Symbol == '=');
        var target = source.ReadTo(end.Start, static r =>
        {
            if (r.At(TokenKind.Parameter))
            {
                return Primaries.Parse(r);
            }

            var name = Names.Label(r);
            return NamedPrimaries.Target(r, name);
        });
        source.Advance();
        var value = source.Expression();
        return new PlAssignment(source.SpanFrom(start), target, value);
    }

    private static PlExit Exit(PlSource source, int start)
    {
        var isContinue = source.Is("continue");
        source.Advance();
        Identifier? label = source.Current.Symbol != ';' && !source.Is("when") ? source.Name() : null;
        var when = source.Accept("when") ? source.Expression() : null;
        return new PlExit(source.SpanFrom(start), isContinue, label, when);
    }

    private static PlAssert Assert(PlSource source, int start)
    {
        source.Expect("assert");
        var hasMessage = source.Find(static token => token.Symbol == ',').Symbol == ',';
        var condition = hasMessage ? source.Expression(",") : source.Expression();
        var message = source.Accept(',') ? source.Expression() : null;
        return new PlAssert(source.SpanFrom(start), condition, message);
    }

    private static PlExecute Execute(PlSource source, int start)
    {
        source.Expect("execute");
        var command = ExpressionUntil(source, "into", "using");
        PlInto? into = null;
        ImmutableArray<SqlExpr> arguments = [];
        while (source.Is("into") || source.Is("using"))
        {
            if (source.Is("into"))
            {
                into = into is null ? PlSqlStatements.Into(source) : throw source.Unexpected();
            }
            else
            {
                arguments = arguments.IsEmpty ? Using(source, "into") : throw source.Unexpected();
            }
        }

        return new PlExecute(source.SpanFrom(start), command, into, arguments);
    }

    /// <summary>An expression up to one of some words where one comes, else to the semicolon.</summary>
    public static SqlExpr ExpressionUntil(PlSource source, string first, string second)
    {
        var end = source.Find(token => source.Is(token, first) || source.Is(token, second));
        return end.Symbol == ';' ? source.Expression() : source.Expression(first, second);
    }

    /// <summary>USING expressions, up to a semicolon or another word.</summary>
    public static ImmutableArray<SqlExpr> Using(PlSource source, string? last = null)
    {
        if (!source.Accept("using"))
        {
            return [];
        }

        var arguments = ImmutableArray.CreateBuilder<SqlExpr>();
        do
        {
            var end = source.Find(token => token.Symbol == ',' || (last is not null && source.Is(token, last)));
            arguments.Add(end.Symbol == ',' ? source.Expression(",") : end.Symbol == ';' || last is null ? source.Expression() : source.Expression(last));
        }
        while (source.Accept(','));
        return arguments.ToImmutable();
    }
}
