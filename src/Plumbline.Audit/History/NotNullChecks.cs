using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.Audit.History;

/// <summary>The columns for which a history adds <c>CHECK (column IS NOT NULL)</c>: where rows prove it, <c>SET NOT NULL</c> needs no look at them.</summary>
internal sealed class NotNullChecks
{
    private readonly Dictionary<string, MigrationStatement> _first = new(StringComparer.Ordinal);
    private readonly NameKeys _keys;

    private NotNullChecks(NameKeys keys) => _keys = keys;

    /// <summary>Reads them from the statements of a history.</summary>
    public static NotNullChecks Read(IEnumerable<MigrationStatement> statements, NameKeys keys)
    {
        var checks = new NotNullChecks(keys);
        foreach (var statement in statements)
        {
            foreach (var (table, action) in statement.TableActions)
            {
                if (action is AddConstraintAction
                    {
                        Constraint: CheckDefinition { Condition: IsTestExpr { Kind: IsTestKind.Null, IsNegated: true, Operand: ColumnRefExpr column } },
                    })
                {
                    checks._first.TryAdd(checks.Key(table, column.Parts[^1].Name), statement);
                }
            }
        }

        return checks;
    }

    /// <summary>Whether a column has such a constraint before a statement.</summary>
    public bool Has(QualifiedName table, string column, MigrationStatement before) =>
        _first.TryGetValue(Key(table, column), out var statement) && statement.Position < before.Position;

    private string Key(QualifiedName table, string column) => $"{_keys.Of(table)}.{column}";
}
