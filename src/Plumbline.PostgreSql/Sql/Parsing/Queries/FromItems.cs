using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Text;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing.Queries;

/// <summary>The items of FROM ("Table Expressions").</summary>
internal static class FromItems
{
    /// <summary>An item with the joins behind it.</summary>
    public static FromItem Parse(TokenReader r)
    {
        r.Enter();
        var item = Joins(r, Primary(r));
        r.Leave();
        return item;
    }

    /// <summary>A table's name with ONLY or a star, without alias.</summary>
    public static TableItem Relation(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept(K.Only))
        {
            var isInParentheses = r.Accept('(');
            var only = Names.Relation(r);
            if (isInParentheses)
            {
                r.Expect(')');
            }

            return new TableItem(r.SpanFrom(start), only, IsOnly: true, null);
        }

        var name = Names.Relation(r);
        r.Accept('*');
        return new TableItem(r.SpanFrom(start), name, IsOnly: false, null);
    }

    /// <summary>A table's name with an alias, as UPDATE, DELETE and MERGE take it.</summary>
    public static TableItem RelationWithAlias(TokenReader r)
    {
        var start = r.Current.Start;
        var table = Relation(r);
        if (!r.Accept(K.As) && (!Names.IsColumnName(r.Current) || r.At(K.Set)))
        {
            return table;
        }

        var alias = Names.Column(r);
        return table with { Span = r.SpanFrom(start), Alias = new TableAlias(alias.Span, alias, []) };
    }

    private static FromItem Joins(TokenReader r, FromItem left)
    {
        for (var length = 0; IsJoin(r); length++)
        {
            if (length > ReadingBudget.SqlDepth)
            {
                throw TokenReader.Error("stack depth limit exceeded", null, "54001");
            }

            left = Join(r, left);
        }

        return left;
    }

    private static bool IsJoin(TokenReader r) => r.Current.Keyword is K.Join or K.Inner or K.Left or K.Right or K.Full or K.Cross or K.Natural;

    private static JoinItem Join(TokenReader r, FromItem left)
    {
        var start = left.Span.Start;
        if (r.Accept(K.Cross, K.Join))
        {
            var crossed = Primary(r);
            return new JoinItem(r.SpanFrom(start), JoinKind.Cross, left, crossed, null);
        }

        var isNatural = r.Accept(K.Natural);
        var kind = Kind(r);
        r.Expect(K.Join);
        var right = Primary(r);
        if (isNatural)
        {
            return new JoinItem(r.SpanFrom(start), kind, left, right, null) { IsNatural = true };
        }

        // "a JOIN b JOIN c ON … ON …": the inner join comes first.
        r.Enter();
        while (IsJoin(r))
        {
            right = Join(r, right);
        }

        r.Leave();
        if (r.Accept(K.On))
        {
            var condition = ExpressionParser.ParseInside(r);
            return new JoinItem(r.SpanFrom(start), kind, left, right, null) { On = condition };
        }

        r.Expect(K.Using);
        var columns = Names.ColumnListInParentheses(r);
        Identifier? alias = r.Accept(K.As) ? Names.Column(r) : null;
        return new JoinItem(r.SpanFrom(start), kind, left, right, null) { Using = columns, UsingAlias = alias };
    }

    private static JoinKind Kind(TokenReader r)
    {
        JoinKind? outer = r.Current.Keyword switch { K.Left => JoinKind.Left, K.Right => JoinKind.Right, K.Full => JoinKind.Full, _ => null };
        if (outer is { } kind)
        {
            r.Advance();
            r.Accept(K.Outer);
            return kind;
        }

        r.Accept(K.Inner);
        return JoinKind.Inner;
    }

    private static FromItem Primary(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.At('('))
        {
            return WithAlias(r, InParentheses(r));
        }

        var isLateral = r.Accept(K.Lateral);
        if (isLateral && r.At('('))
        {
            var query = QueryParser.InParentheses(r);
            return WithAlias(r, new SubqueryItem(r.SpanFrom(start), query, IsLateral: true, null));
        }

        if (TableFunctions.TryParse(r, start, isLateral) is { } tableFunction)
        {
            return tableFunction;
        }

        if (FunctionItems.TryParse(r, start, isLateral) is { } function)
        {
            return function;
        }

        if (isLateral)
        {
            throw r.Unexpected();
        }

        var table = (TableItem)WithAlias(r, Relation(r));
        return r.At(K.Tablesample) ? Sample(r, table) : table;
    }

    // A query, or a join, which must be one; what is in parentheses shows it only behind the parentheses inside.
    private static FromItem InParentheses(TokenReader r)
    {
        var content = Parenthesized(r);
        return content is SubqueryItem or JoinItem ? content : throw r.Unexpected();
    }

    private static FromItem Parenthesized(TokenReader r)
    {
        r.Enter();
        var start = r.Expect('(').Start;
        FromItem item;
        if (QueryParser.IsStart(r))
        {
            item = new SubqueryItem(r.SpanFrom(start), QueryParser.ParseOpen(r), IsLateral: false, null);
        }
        else if (r.At('('))
        {
            item = BehindInner(r, Parenthesized(r));
        }
        else
        {
            item = RequireJoin(r, Joins(r, Primary(r)));
        }

        r.Expect(')');
        r.Leave();
        return item with { Span = r.SpanFrom(start) };
    }

    private static FromItem BehindInner(TokenReader r, FromItem inner)
    {
        if (inner is SubqueryItem subquery)
        {
            if (r.At(')'))
            {
                return inner;
            }

            if (QueryParser.IsContinuation(r))
            {
                return subquery with { Query = QueryParser.Continue(r, subquery.Query) };
            }
        }

        // A join in parentheses within parentheses of its own needs nothing behind it.
        return inner is JoinItem && r.At(')') ? inner : RequireJoin(r, Joins(r, WithAlias(r, inner)));
    }

    private static FromItem RequireJoin(TokenReader r, FromItem item) => item is JoinItem { Alias: null } ? item : throw r.Unexpected();

    private static FromItem WithAlias(TokenReader r, FromItem item)
    {
        if (!r.Accept(K.As) && !Names.IsColumnName(r.Current))
        {
            return item;
        }

        var name = Names.Column(r);
        var columns = Names.OptionalColumnList(r);
        var alias = new TableAlias(r.SpanFrom(name.Span.Start), name, columns);
        return item with { Span = r.SpanFrom(item.Span.Start), Alias = alias };
    }

    private static TableItem Sample(TokenReader r, TableItem table)
    {
        var start = r.Expect(K.Tablesample).Start;
        var method = Names.Function(r);
        var arguments = Lists.InParentheses(r, ExpressionParser.ParseInside);
        SqlExpr? seed = null;
        if (r.Accept(K.Repeatable))
        {
            r.Expect('(');
            seed = ExpressionParser.ParseInside(r);
            r.Expect(')');
        }

        return table with { Span = r.SpanFrom(table.Span.Start), Sample = new TableSample(r.SpanFrom(start), method, arguments, seed) };
    }
}
