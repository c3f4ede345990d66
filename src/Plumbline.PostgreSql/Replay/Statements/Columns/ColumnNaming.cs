using Plumbline.PostgreSql.Sql.Ast.Expressions;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>The names that expressions give to columns (<c>FigureColname</c>).</summary>
internal static class ColumnNaming
{
    /// <summary>The name of an index's column; null where the expression suggests none.</summary>
    public static string? OfIndex(SqlExpr expression) => Find(expression).Name;

    private static (int Strength, string? Name) Find(SqlExpr expression)
    {
        switch (expression)
        {
            case ColumnRefExpr { IsStar: false } column:
                return (2, column.Parts[^1].Name);
            case IndirectionExpr indirection:
                for (var i = indirection.Steps.Length - 1; i >= 0; i--)
                {
                    if (indirection.Steps[i] is FieldStep field)
                    {
                        return (2, field.Name.Name);
                    }
                }

                return Find(indirection.Operand);
            case FunctionCallExpr call:
                return (2, call.Name.Name);
            case ConditionalExpr { Kind: ConditionalKind.NullIf }:
                return (2, "nullif");
            case CastExpr cast:
                var inner = Find(cast.Operand);
                return inner.Strength <= 1 ? (1, cast.Type.Name.Name) : inner;
            case CollateExpr collate:
                return Find(collate.Operand);
            case GroupingExpr:
                return (2, "grouping");
            case SubqueryExpr { Kind: SubqueryKind.Exists }:
                return (2, "exists");
            case SubqueryExpr { Kind: SubqueryKind.Array }:
                return (2, "array");
            case CaseExpr { Else: { } otherwise } when Find(otherwise) is { Strength: > 1 } found:
                return found;
            case CaseExpr:
                return (1, "case");
            case ArrayExpr:
                return (2, "array");
            case RowExpr:
                return (2, "row");
            case ConditionalExpr conditional:
                return (2, conditional.Kind.ToString().ToLowerInvariant());
            case ValueFunctionExpr function:
                return (2, function.Name);
            case AtTimeZoneExpr:
                return (2, "timezone");
            case SqlStandardCallExpr standard:
                return (2, standard.Name);
            default:
                return (0, null);
        }
    }
}
