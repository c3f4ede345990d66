using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Queries;

namespace Plumbline.PostgreSql.Expressions.Analysis;

/// <summary>The names that columns of a query get where none are written (<c>FigureColname</c>).</summary>
internal static class ColumnNames
{
    /// <summary>The name.</summary>
    public static string Of(SqlExpr node) => Find(node, 0).Name ?? "?column?";

    private static (string? Name, int Strength) Find(SqlExpr? node, int depth)
    {
        if (depth > 200)
        {
            return (null, 0);
        }

        switch (node)
        {
            case ColumnRefExpr { Parts.IsEmpty: false } column:
                return (column.Parts[^1].Name, 2);
            case IndirectionExpr indirection:
                foreach (var step in indirection.Steps.Reverse())
                {
                    if (step is FieldStep field)
                    {
                        return (field.Name.Name, 2);
                    }
                }

                return Find(indirection.Operand, depth + 1);
            case FunctionCallExpr call:
                return (call.Name.Name, 2);
            case AtTimeZoneExpr:
                return ("timezone", 2);
            case OverlapsExpr:
                return ("overlaps", 2);
            case CastExpr cast:
                var inner = Find(cast.Operand, depth + 1);
                return inner.Strength > 1 ? inner : (cast.Type.Name.Name, 1);
            case CollateExpr collate:
                return Find(collate.Operand, depth + 1);
            case SubqueryExpr { Kind: SubqueryKind.Exists }:
                return ("exists", 2);
            case SubqueryExpr { Kind: SubqueryKind.Array }:
                return ("array", 2);
            case SubqueryExpr { Query.Body: SelectBody { Targets: [var first, ..] } }:
                return first.Alias is { } alias ? (alias.Name, 2) : Find(first.Value, depth + 1);
            case CaseExpr caseExpr:
                var otherwise = Find(caseExpr.Else, depth + 1);
                return otherwise.Strength > 1 ? otherwise : ("case", 1);
            case ArrayExpr:
                return ("array", 2);
            case RowExpr:
                return ("row", 2);
            case ConditionalExpr conditional:
                return (conditional.Kind.ToString().ToLowerInvariant(), 2);
            case ValueFunctionExpr function:
                return (function.Name, 2);
            case SqlStandardCallExpr standard:
                return (standard.Name, 2);
            default:
                return (null, 0);
        }
    }
}
