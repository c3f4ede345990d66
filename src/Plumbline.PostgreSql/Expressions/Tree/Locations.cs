using System.Collections.Immutable;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>Where errors about an expression point (<c>exprLocation</c>).</summary>
internal static class Locations
{
    /// <summary>The offset of the leftmost part of an expression that is known; -1 where none is.</summary>
    public static int Of(Expr? expression) => expression switch
    {
        null => -1,
        FuncExpr function => Leftmost(function.Location, OfAll(function.Arguments)),
        OpExpr op => Leftmost(op.Location, OfAll(op.Arguments)),
        ArrayOpExpr op => Leftmost(op.Location, Leftmost(Of(op.Left), Of(op.Right))),
        BoolExpr boolean => Leftmost(boolean.Location, OfAll(boolean.Arguments)),
        SubLinkExpr link => Leftmost(Of(link.Test), link.Location),
        FieldExpr field => Of(field.Argument),
        SubscriptExpr subscript => Of(subscript.Container),
        RelabelExpr relabel => Leftmost(relabel.Location, Of(relabel.Argument)),
        CoerceViaIoExpr coerce => Leftmost(coerce.Location, Of(coerce.Argument)),
        ArrayCoerceExpr coerce => Leftmost(coerce.Location, Of(coerce.Argument)),
        CoerceToDomainExpr coerce => Leftmost(coerce.Location, Of(coerce.Argument)),
        CollateNode collate => Of(collate.Argument),
        RowCompareExpr compare => OfAll(compare.Left),
        NullTestExpr test => Leftmost(test.Location, Of(test.Argument)),
        BooleanTestExpr test => Leftmost(test.Location, Of(test.Argument)),
        NamedArgumentExpr named => Leftmost(named.Location, Of(named.Argument)),
        _ => expression.Location,
    };

    private static int OfAll(ImmutableArray<Expr> expressions)
    {
        foreach (var expression in expressions)
        {
            // The first that has a location; lists of arguments are in the order written.
            if (Of(expression) is var location and >= 0)
            {
                return location;
            }
        }

        return -1;
    }

    private static int Leftmost(int first, int second) => first < 0 ? second : second < 0 ? first : Math.Min(first, second);
}
