using Plumbline.PostgreSql.Expressions.Literals;
using Plumbline.PostgreSql.Expressions.Tree;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>The value of an expression that is a constant but for conversions that don't change what is printed.</summary>
internal static class ConstantValue
{
    /// <summary>The constant; null where it would have to be computed.</summary>
    public static ConstExpr? Of(Expr expression) => expression switch
    {
        ConstExpr constant => constant,
        RelabelExpr relabel => Of(relabel.Argument) is { } inner ? inner with { Type = relabel.Type } : null,
        CollateNode collate => Of(collate.Argument),
        FuncExpr { Arguments: [var argument, ..] } function when function.Form != CoercionForm.Call && Of(argument) is { } inner =>
            Convert(inner, function.Type),
        _ => null,
    };

    private static ConstExpr? Convert(ConstExpr constant, uint target)
    {
        if (constant.Value is not { } value || constant.Type == target)
        {
            // A cut to a length that the value may exceed is not computed, but one of a value without length is none.
            return constant.Value is null || target is not (TypeOids.VarChar or TypeOids.BpChar) ? constant with { Type = target } : null;
        }

        return constant.Type is TypeOids.Int2 or TypeOids.Int4 or TypeOids.Int8 && target is TypeOids.Int2 or TypeOids.Int4 or TypeOids.Int8 or TypeOids.Numeric
            ? constant with { Type = target, Value = NumericLiteral.Normalize(value) }
            : constant.Type == TypeOids.Date && target == TypeOids.Timestamp
                ? constant with { Type = target, Value = value + " 00:00:00" }
                : null;
    }
}
