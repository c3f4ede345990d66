using System.Collections.Immutable;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using K = Plumbline.PostgreSql.Sql.Lexing.Keyword;

namespace Plumbline.PostgreSql.Sql.Parsing;

/// <summary>OVER, WINDOW and frames ("Window Function Calls").</summary>
internal static class Windows
{
    /// <summary>OVER name, or OVER (…).</summary>
    public static WindowSpec Over(TokenReader r)
    {
        r.Expect(K.Over);
        if (r.At('('))
        {
            return Specification(r, null);
        }

        var name = Names.Column(r);
        return new WindowSpec(name.Span, name, IsReference: true);
    }

    /// <summary>The windows behind WINDOW.</summary>
    public static ImmutableArray<WindowSpec> Definitions(TokenReader r) => Lists.Separated(r, static r =>
    {
        var name = Names.Column(r);
        r.Expect(K.As);
        return Specification(r, name);
    });

    private static WindowSpec Specification(TokenReader r, Identifier? name)
    {
        var start = r.Expect('(').Start;

        // These words begin a clause; only in quotes are they the name of a window here.
        var isClause = r.Current.Keyword is K.Partition or K.Range or K.Rows or K.Groups;
        Identifier? baseName = !isClause && Names.IsColumnName(r.Current) ? Names.Take(r) : null;
        var partitionBy = r.Accept(K.Partition, K.By) ? Lists.Separated(r, ExpressionParser.ParseInside) : [];
        var orderBy = Sorting.Optional(r);
        var frame = r.Current.Keyword is K.Range or K.Rows or K.Groups ? Frame(r) : null;
        r.Expect(')');
        return new WindowSpec(r.SpanFrom(name?.Span.Start ?? start), name, IsReference: false)
        {
            Base = baseName,
            PartitionBy = partitionBy,
            OrderBy = orderBy,
            Frame = frame,
        };
    }

    private static WindowFrame Frame(TokenReader r)
    {
        var unit = r.Advance();
        FrameBound start;
        FrameBound? end = null;
        if (r.Accept(K.Between))
        {
            start = Bound(r);
            r.Expect(K.And);
            end = Bound(r);
            CheckOrder(start, end);
        }
        else
        {
            start = Bound(r);
            CheckLone(start);
        }

        var exclusion = r.Accept(K.Exclude) ? Exclusion(r) : null;
        return new WindowFrame(r.SpanFrom(unit.Start), r.TextOf(unit).ToUpperInvariant(), start, end, exclusion);
    }

    private static string Exclusion(TokenReader r)
    {
        if (r.Accept(K.Current, K.Row))
        {
            return "CURRENT ROW";
        }

        if (r.Accept(K.No, K.Others))
        {
            return "NO OTHERS";
        }

        return r.Accept(K.Group) ? "GROUP" : r.Accept(K.Ties) ? "TIES" : throw r.Unexpected();
    }

    private static FrameBound Bound(TokenReader r)
    {
        var start = r.Current.Start;
        if (r.At(K.Unbounded) && r.Next.Keyword is K.Preceding or K.Following)
        {
            r.Advance();
            var isStart = r.Advance().Keyword == K.Preceding;
            return new FrameBound(r.SpanFrom(start), isStart ? FrameBoundKind.UnboundedPreceding : FrameBoundKind.UnboundedFollowing, null);
        }

        if (r.At(K.Current) && r.Next.Keyword == K.Row)
        {
            r.Advance();
            r.Advance();
            return new FrameBound(r.SpanFrom(start), FrameBoundKind.CurrentRow, null);
        }

        var offset = ExpressionParser.ParseInside(r);
        if (!r.At(K.Preceding, K.Following))
        {
            throw r.Unexpected();
        }

        var isPreceding = r.Advance().Keyword == K.Preceding;
        return new FrameBound(r.SpanFrom(start), isPreceding ? FrameBoundKind.Preceding : FrameBoundKind.Following, offset);
    }

    private static void CheckLone(FrameBound start)
    {
        if (start.Kind == FrameBoundKind.UnboundedFollowing)
        {
            throw Refuse("frame start cannot be UNBOUNDED FOLLOWING", start);
        }

        if (start.Kind == FrameBoundKind.Following)
        {
            throw Refuse("frame starting from following row cannot end with current row", start);
        }
    }

    private static void CheckOrder(FrameBound start, FrameBound end)
    {
        if (start.Kind == FrameBoundKind.UnboundedFollowing)
        {
            throw Refuse("frame start cannot be UNBOUNDED FOLLOWING", start);
        }

        if (end.Kind == FrameBoundKind.UnboundedPreceding)
        {
            throw Refuse("frame end cannot be UNBOUNDED PRECEDING", end);
        }

        if (start.Kind == FrameBoundKind.CurrentRow && end.Kind == FrameBoundKind.Preceding)
        {
            throw Refuse("frame starting from current row cannot have preceding rows", end);
        }

        if (start.Kind == FrameBoundKind.Following && end.Kind is FrameBoundKind.Preceding or FrameBoundKind.CurrentRow)
        {
            throw Refuse("frame starting from following row cannot have preceding rows", end);
        }
    }

    private static Lexing.SqlSyntaxException Refuse(string message, FrameBound bound) => TokenReader.Error(message, bound.Span.Start, "42P20");
}
