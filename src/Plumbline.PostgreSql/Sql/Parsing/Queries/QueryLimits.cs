using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>LIMIT, FETCH and OFFSET ("LIMIT and OFFSET").</summary>
/// <param name="Limit">LIMIT or FETCH; null where it is not written, the constant NULL for ALL.</param>
/// <param name="Offset">OFFSET.</param>
/// <param name="WithTies">WITH TIES.</param>
/// <param name="WithTiesStart">Where the FETCH clause with WITH TIES stands.</param>
internal readonly record struct QueryLimits(SqlExpr? Limit, SqlExpr? Offset, bool WithTies, int WithTiesStart)
{
    /// <summary>Both, in either order; or nothing.</summary>
    public static QueryLimits Parse(TokenReader r)
    {
        var limits = default(QueryLimits);
        if (r.At(K.Limit, K.Fetch))
        {
            limits = LimitOrFetch(r, limits);
            return r.At(K.Offset) ? limits with { Offset = ParseOffset(r) } : limits;
        }

        if (r.At(K.Offset))
        {
            limits = limits with { Offset = ParseOffset(r) };
            return r.At(K.Limit, K.Fetch) ? LimitOrFetch(r, limits) : limits;
        }

        return limits;
    }

    private static QueryLimits LimitOrFetch(TokenReader r, QueryLimits limits)
    {
        if (r.At(K.Fetch))
        {
            return Fetch(r, limits);
        }

        var word = r.Expect(K.Limit);
        // LIMIT ALL is kept as LIMIT NULL, as in PostgreSQL's grammar: a view prints it.
        var limit = r.At(K.All) ? new ConstantExpr(r.Advance().Span, ConstantKind.Null, "") : ExpressionParser.ParseInside(r);
        if (!r.Accept(','))
        {
            return limits with { Limit = limit };
        }

        ExpressionParser.ParseInside(r);
        throw TokenReader.Error("LIMIT #,# syntax is not supported", word.Start, hint: "Use separate LIMIT and OFFSET clauses.");
    }

    private static QueryLimits Fetch(TokenReader r, QueryLimits limits)
    {
        var start = r.Expect(K.Fetch).Start;
        if (!r.At(K.First, K.Next))
        {
            throw r.Unexpected();
        }

        var word = r.Advance();
        SqlExpr count = new ConstantExpr(word.Span, ConstantKind.Integer, "1");
        if (!r.At(K.Row, K.Rows) || r.Next.Symbol == '(')
        {
            count = r.At('+') || r.At('-') ? Literals.Number(r) : Primaries.Parse(r);
        }

        RowOrRows(r);
        if (r.Accept(K.Only))
        {
            return limits with { Limit = count };
        }

        r.Expect(K.With, K.Ties);
        return limits with { Limit = count, WithTies = true, WithTiesStart = start };
    }

    private static SqlExpr ParseOffset(TokenReader r)
    {
        r.Expect(K.Offset);
        var offset = ExpressionParser.ParseInside(r);
        if (r.At(K.Row, K.Rows))
        {
            r.Advance();
        }

        return offset;
    }

    private static void RowOrRows(TokenReader r)
    {
        if (!r.At(K.Row, K.Rows))
        {
            throw r.Unexpected();
        }

        r.Advance();
    }
}

/// <summary>FOR UPDATE and its kin ("The Locking Clause").</summary>
internal static class Locking
{
    /// <summary>The clauses; none where no such thing is here.</summary>
    public static ImmutableArray<LockingClause> Parse(TokenReader r)
    {
        if (!r.At(K.For))
        {
            return [];
        }

        if (r.Next.Keyword == K.Read)
        {
            r.Advance();
            r.Expect(K.Read, K.Only);
            return [];
        }

        var clauses = ImmutableArray.CreateBuilder<LockingClause>();
        while (r.At(K.For))
        {
            clauses.Add(Clause(r));
        }

        return clauses.ToImmutable();
    }

    private static LockingClause Clause(TokenReader r)
    {
        var start = r.Expect(K.For).Start;
        var strength = Strength(r);
        var tables = r.Accept(K.Of) ? Lists.Separated(r, Names.Relation) : [];
        var wait = r.Accept(K.Nowait) ? "NOWAIT" : r.Accept(K.Skip, K.Locked) ? "SKIP LOCKED" : null;
        return new LockingClause(r.SpanFrom(start), strength, tables, wait);
    }

    private static string Strength(TokenReader r)
    {
        if (r.Accept(K.No, K.Key, K.Update))
        {
            return "NO KEY UPDATE";
        }

        if (r.Accept(K.Key, K.Share))
        {
            return "KEY SHARE";
        }

        return r.Accept(K.Update) ? "UPDATE" : r.Accept(K.Share) ? "SHARE" : throw r.Unexpected();
    }
}
