using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.PostgreSql.Sql.Parsing.Queries;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>The elements of indexes, exclusion constraints and partition keys.</summary>
internal static class IndexElements
{
    /// <summary>An element of an index, with operator class and order.</summary>
    public static IndexElement Parse(TokenReader r)
    {
        var element = Partition(r);
        if (element.OperatorClass is not null && r.At('('))
        {
            element = element with { OperatorClassOptions = Definitions.Relation(r) };
        }

        var direction = Sorting.Direction(r);
        var nulls = Sorting.Nulls(r);
        return element with { Span = r.SpanFrom(element.Span.Start), Direction = direction, Nulls = nulls };
    }

    /// <summary>An element of a partition key, which has no order.</summary>
    public static IndexElement Partition(TokenReader r)
    {
        var element = Plain(r);
        var collation = r.Accept(K.Collate) ? Names.Qualified(r) : null;
        var operatorClass = Names.IsColumnName(r.Current) && !IsClause(r) ? Names.Qualified(r) : null;
        return element with { Span = r.SpanFrom(element.Span.Start), Collation = collation, OperatorClass = operatorClass };
    }

    /// <summary>A column or an expression alone.</summary>
    public static IndexElement Plain(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.Accept('('))
        {
            var inner = ExpressionParser.ParseInside(r);
            r.Expect(')');
            return new IndexElement(r.SpanFrom(start), null, inner);
        }

        if (FunctionItems.IsCall(r))
        {
            var call = FunctionItems.Call(r);
            return new IndexElement(r.SpanFrom(start), null, call);
        }

        var column = Names.Column(r);
        return new IndexElement(column.Span, column, null);
    }

    // NULLS FIRST is no operator class.
    private static bool IsClause(TokenReader r) => r.At(K.Nulls) && r.Next.Keyword is K.First or K.Last;
}
