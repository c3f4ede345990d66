using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>WITH ("WITH Queries").</summary>
internal static class WithClauses
{
    /// <summary>The clause.</summary>
    public static WithClause Parse(TokenReader r)
    {
        var start = r.Expect(K.With).Start;
        var isRecursive = r.At(K.Recursive) && r.Next.Symbol != '(' && r.Next.Keyword != K.As && r.Accept(K.Recursive);
        var items = Lists.Separated(r, Item);
        return new WithClause(r.SpanFrom(start), isRecursive, items);
    }

    private static CommonTable Item(TokenReader r)
    {
        var name = Names.Column(r);
        var columns = Names.OptionalColumnList(r);
        r.Expect(K.As);
        bool? isMaterialized = null;
        if (r.Accept(K.Materialized))
        {
            isMaterialized = true;
        }
        else if (r.Accept(K.Not, K.Materialized))
        {
            isMaterialized = false;
        }

        r.Enter();
        r.Expect('(');
        var query = DataStatements.Preparable(r);
        r.Expect(')');
        r.Leave();
        var search = r.At(K.Search) ? Search(r) : null;
        var cycle = r.At(K.Cycle) ? Cycle(r) : null;
        return new CommonTable(r.SpanFrom(name.Span.Start), name, columns, isMaterialized, query) { Search = search, Cycle = cycle };
    }

    private static CteSearch Search(TokenReader r)
    {
        var start = r.Expect(K.Search).Start;
        if (!r.At(K.Depth, K.Breadth))
        {
            throw r.Unexpected();
        }

        var isBreadthFirst = r.Advance().Keyword == K.Breadth;
        r.Expect(K.First, K.By);
        var columns = Names.ColumnList(r);
        r.Expect(K.Set);
        var sequence = Names.Column(r);
        return new CteSearch(r.SpanFrom(start), isBreadthFirst, columns, sequence);
    }

    private static CteCycle Cycle(TokenReader r)
    {
        var start = r.Expect(K.Cycle).Start;
        var columns = Names.ColumnList(r);
        r.Expect(K.Set);
        var mark = Names.Column(r);
        SqlExpr? value = null;
        SqlExpr? otherwise = null;
        if (r.Accept(K.To))
        {
            value = Primaries.Parse(r);
            r.Expect(K.Default);
            otherwise = Primaries.Parse(r);
        }

        r.Expect(K.Using);
        var path = Names.Column(r);
        return new CteCycle(r.SpanFrom(start), columns, mark, value, otherwise, path);
    }
}
