using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.Audit.History;

/// <summary>The columns for which a history adds <c>CHECK (column IS NOT NULL)</c>: where rows prove it, <c>SET NOT NULL</c> needs no look at them.</summary>
internal sealed class NotNullChecks
{
    private readonly Dictionary<string, MigrationStatement> _first = new(StringComparer.Ordinal);

    /// <summary>Reads them from the statements of a history.</summary>
    public static NotNullChecks Read(IEnumerable<MigrationStatement> statements)
    {
        var checks = new NotNullChecks();
        foreach (var statement in statements)
        {
            foreach (var (table, action) in statement.TableActions)
            {
                if (action is AddConstraintAction
                    {
                        Constraint: CheckDefinition { Condition: IsTestExpr { Kind: IsTestKind.Null, IsNegated: true, Operand: ColumnRefExpr column } },
                    })
                {
                    checks._first.TryAdd(Key(table, column.Parts[^1].Name), statement);
                }
            }
        }

        return checks;
    }

    /// <summary>Whether a column has such a constraint before a statement.</summary>
    public bool Has(QualifiedName table, string column, MigrationStatement before) =>
        _first.TryGetValue(Key(table, column), out var statement) && statement.Position < before.Position;

    private static string Key(QualifiedName table, string column) => $"{MigrationStatements.Key(table)}.{column}";
}
