using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Plumbline.PostgreSql.Expressions.Tree;

/// <summary>Whether two expressions are the same but for where they are.</summary>
internal static class ExprKey
{
    /// <summary>Whether they are the same; expressions with queries in them never are, to be on the safe side of ambiguity.</summary>
    public static bool Equal(Expr first, Expr second) => ReferenceEquals(first, second) || (Of(first) is { } key && key == Of(second));

    /// <summary>A text that is the same for the same expressions; null for those with a query in them.</summary>
    public static string? Of(Expr node)
    {
        var builder = new StringBuilder();
        return Append(builder, node) ? builder.ToString() : null;
    }

    private static bool Append(StringBuilder builder, Expr node)
    {
        if (node is SubLinkExpr)
        {
            return false;
        }

        builder.Append(CultureInfo.InvariantCulture, $"({node.GetType().Name} {node.Type} {node.Modifier} ");
        builder.Append(node switch
        {
            VarExpr v => $"{v.BaseItem}.{v.BaseColumn}.{v.LevelsUp}",
            ConstExpr c => c.Value is null ? "null" : $"{c.Value.Length}:{c.Value}",
            ParamExpr p => $"{p.Number}",
            FuncExpr f => $"{f.Function} {f.IsVariadic}",
            NamedArgumentExpr n => $"{n.Name}",
            AggregateExpr a => $"{a.Function} {a.IsDistinct} {a.IsStar} {a.LevelsUp} {a.DirectArguments.Length} {a.Filter is not null} {string.Join(',', a.OrderBy)} {string.Join(',', a.Arguments.Select(t => t.SortReference))}",
            WindowFuncExpr w => $"{w.Function} {w.Window} {w.IsStar} {w.Filter is not null}",
            OpExpr o => $"{o.Kind} {o.Operator}",
            ArrayOpExpr a => $"{a.Operator} {a.IsAny}",
            BoolExpr b => $"{b.Kind}",
            FieldExpr f => $"{f.Field}",
            SubscriptExpr s => string.Join(',', s.Subscripts.Select(x => $"{x.Lower is null}{x.Upper is null}{x.IsSlice}")),
            CollateNode c => $"{c.CollationOid}",
            CaseNode c => $"{c.Operand is null} {c.Whens.Length}",
            ConditionalNode c => $"{c.Kind}",
            ValueFunctionNode v => v.Name,
            NullTestExpr n => $"{n.IsNot}",
            BooleanTestExpr b => b.Test,
            RowCompareExpr r => string.Join(',', r.Operators),
            _ => "",
        });
        foreach (var child in ExprTree.Children(node).ToImmutableArray())
        {
            if (!Append(builder, child))
            {
                return false;
            }
        }

        builder.Append(')');
        return true;
    }
}
