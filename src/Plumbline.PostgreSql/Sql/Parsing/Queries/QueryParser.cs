using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>Queries ("SELECT", "VALUES", "TABLE"): WITH, set operations, ORDER BY, LIMIT and locking.</summary>
internal static class QueryParser
{
    /// <summary>Whether a query without parentheses begins here.</summary>
    public static bool IsStart(TokenReader r) => r.Current.Keyword switch
    {
        K.Select or K.With or K.Table => true,
        // VALUES may also be the name of a column.
        K.Values => r.Next.Symbol == '(',
        _ => false,
    };

    /// <summary>Whether something is here that goes on with a query in parentheses.</summary>
    public static bool IsContinuation(TokenReader r) =>
        r.Current.Keyword is K.Union or K.Intersect or K.Except or K.Order or K.Limit or K.Offset or K.Fetch or K.For;

    /// <summary>A query, in parentheses or not.</summary>
    public static SelectStatement Parse(TokenReader r) => ParseOpen(r);

    /// <summary>A query that is in parentheses.</summary>
    public static SelectStatement InParentheses(TokenReader r)
    {
        if (!r.At('('))
        {
            throw r.Unexpected();
        }

        r.Enter();
        var isLabelPossible = r.IsLabelPossible;
        r.IsLabelPossible = false;
        r.Advance();
        var query = ParseOpen(r);
        r.Expect(')');
        r.IsLabelPossible = isLabelPossible;
        r.Leave();
        return query;
    }

    /// <summary>A query that may begin with a parenthesis, with all that may follow it.</summary>
    public static SelectStatement ParseOpen(TokenReader r)
    {
        var start = r.Current.Start;
        return ParseBehindWith(r, start, r.At(K.With) ? WithClauses.Parse(r) : null);
    }

    /// <summary>A query whose WITH has been read.</summary>
    public static SelectStatement ParseBehindWith(TokenReader r, int start, WithClause? with)
    {
        r.Enter();
        var query = Options(r, start, SetOperations(r, Operand(r), isIntersect: false), with);
        r.Leave();
        return query;
    }

    /// <summary>A query whose word SELECT is not written, as PL/pgSQL has them.</summary>
    public static SelectStatement ParseBehindSelect(TokenReader r, int start)
    {
        r.Enter();
        var body = SelectBodies.ParseBehindSelect(r, start);
        var into = SelectBodies.TakeInto(ref body);
        var operand = new SelectStatement(r.SpanFrom(start), body) { Into = into };
        var query = Options(r, start, SetOperations(r, operand, isIntersect: false), null);
        r.Leave();
        return query;
    }

    /// <summary>A query whose first operand, a query in parentheses, has been read.</summary>
    public static SelectStatement Continue(TokenReader r, SelectStatement operand) =>
        Options(r, operand.Span.Start, SetOperations(r, operand, isIntersect: false), null);

    private static SelectStatement Operand(TokenReader r)
    {
        if (r.At('('))
        {
            return InParentheses(r);
        }

        var start = r.Current.Start;
        QueryBody body = r.Current.Keyword switch
        {
            K.Select => SelectBodies.Parse(r),
            K.Values => Values(r),
            K.Table => SelectBodies.TableCommand(r),
            _ => throw r.Unexpected(),
        };
        var into = SelectBodies.TakeInto(ref body);
        return new SelectStatement(r.SpanFrom(start), body) { Into = into };
    }

    // INTERSECT binds tighter than UNION and EXCEPT.
    private static SelectStatement SetOperations(TokenReader r, SelectStatement left, bool isIntersect)
    {
        for (var length = 0; ; length++)
        {
            SetOperationKind? kind = r.Current.Keyword switch
            {
                K.Intersect => SetOperationKind.Intersect,
                K.Union when !isIntersect => SetOperationKind.Union,
                K.Except when !isIntersect => SetOperationKind.Except,
                _ => null,
            };
            if (kind is not { } operation)
            {
                return left;
            }

            if (length > ReadingBudget.SqlDepth)
            {
                throw TokenReader.Error("stack depth limit exceeded", null, "54001");
            }

            r.Advance();
            var isAll = r.Accept(K.All);
            if (!isAll)
            {
                r.Accept(K.Distinct);
            }

            var right = Operand(r);
            if (operation != SetOperationKind.Intersect)
            {
                right = SetOperations(r, right, isIntersect: true);
            }

            var span = r.SpanFrom(left.Span.Start);
            left = new SelectStatement(span, new SetOperationBody(span, operation, isAll, left, right)) { Into = left.Into };
        }
    }

    private static ValuesBody Values(TokenReader r)
    {
        const int KeptRows = 1_000;
        var start = r.Expect(K.Values).Start;
        var rows = ImmutableArray.CreateBuilder<ImmutableArray<SqlExpr>>();
        var count = 0;
        do
        {
            r.Expect('(');
            var row = Lists.Separated(r, ExpressionParser.ParseInside);
            r.Expect(')');
            if (count++ < KeptRows)
            {
                rows.Add(row);
            }
        }
        while (r.Accept(','));
        return new ValuesBody(r.SpanFrom(start), rows.ToImmutable(), count);
    }

    private static SelectStatement Options(TokenReader r, int start, SelectStatement query, WithClause? with)
    {
        var orderBy = Sorting.Optional(r);
        var limits = default(QueryLimits);
        ImmutableArray<LockingClause> locking = [];
        if (r.At(K.For))
        {
            locking = Locking.Parse(r);
            limits = QueryLimits.Parse(r);
        }
        else if (r.At(K.Limit, K.Offset) || r.At(K.Fetch))
        {
            limits = QueryLimits.Parse(r);
            locking = Locking.Parse(r);
        }

        CheckOptions(query, orderBy, limits, locking, with);
        return query with
        {
            Span = r.SpanFrom(start),
            With = with ?? query.With,
            OrderBy = orderBy.IsEmpty ? query.OrderBy : orderBy,
            Limit = limits.Limit ?? query.Limit,
            Offset = limits.Offset ?? query.Offset,
            WithTies = limits.WithTies || query.WithTies,
            Locking = [.. query.Locking, .. locking],
        };
    }

    // A query in parentheses that has an ORDER BY of its own takes no second one, and so on.
    private static void CheckOptions(
        SelectStatement query, ImmutableArray<SortItem> orderBy, QueryLimits limits, ImmutableArray<LockingClause> locking, WithClause? with)
    {
        if (!orderBy.IsEmpty && !query.OrderBy.IsEmpty)
        {
            throw TokenReader.Error("multiple ORDER BY clauses not allowed", orderBy[0].Value.Span.Start);
        }

        if (limits.Offset is { } offset && query.Offset is not null)
        {
            throw TokenReader.Error("multiple OFFSET clauses not allowed", offset.Span.Start);
        }

        if (limits.Limit is { } limit && query.Limit is not null)
        {
            throw TokenReader.Error("multiple LIMIT clauses not allowed", limit.Span.Start);
        }

        if (limits.WithTies && orderBy.IsEmpty && query.OrderBy.IsEmpty)
        {
            throw TokenReader.Error("WITH TIES cannot be specified without ORDER BY clause", limits.WithTiesStart);
        }

        if (limits.WithTies && locking.Any(static clause => clause.Wait == "SKIP LOCKED"))
        {
            throw TokenReader.Error("SKIP LOCKED and WITH TIES options cannot be used together", limits.WithTiesStart);
        }

        if (with is not null && query.With is not null)
        {
            throw TokenReader.Error("multiple WITH clauses not allowed", with.Span.Start);
        }
    }
}
