using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.Audit.History;

/// <summary>The CHECK constraints of a history that prove a column to be never null: where one is validated, <c>SET NOT NULL</c> needs no look at the rows.</summary>
internal sealed class NotNullChecks
{
    private readonly Dictionary<string, List<Check>> _checks = new(StringComparer.Ordinal);
    private readonly NameKeys _keys;

    private NotNullChecks(NameKeys keys) => _keys = keys;

    /// <summary>Reads them from the statements of a history, as they run.</summary>
    public static NotNullChecks Read(IEnumerable<MigrationStatement> statements, NameKeys keys)
    {
        var checks = new NotNullChecks(keys);
        foreach (var statement in statements)
        {
            foreach (var change in statement.Effects ?? [])
            {
                if (change.ObjectKind == ObjectKind.Check && (change.After ?? change.Before) is ConstraintState { Columns: [var column], Expression.Text: { } text } state && IsNotNull(text))
                    checks.Add(keys.Of(change.Name.Schema, change.Name.Name), column, new Check(statement, change.Member, change.Kind != ObjectChangeKind.Drop && state.IsValidated));
            }

            if (statement.Effects is null)
                checks.ReadSyntax(statement);
        }

        return checks;
    }

    /// <summary>Whether a column has such a constraint, and it is validated, before a statement.</summary>
    public bool Prove(QualifiedName table, string column, MigrationStatement before)
    {
        if (!_checks.TryGetValue(Key(_keys.Of(table), column), out var checks))
            return false;

        // What was said of a constraint last is what holds.
        var known = checks.FindAll(c => c.Statement.IsBefore(before));
        return known.Exists(c => c.IsProof && known.FindLast(other => other.Constraint == c.Constraint) == c);
    }

    // Of a statement that no replay got to the end of: the constraint that it would add.
    private void ReadSyntax(MigrationStatement statement)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction
                {
                    Constraint: CheckDefinition { Condition: IsTestExpr { Kind: IsTestKind.Null, IsNegated: true, Operand: ColumnRefExpr column } } check,
                })
                Add(_keys.Of(table), column.Parts[^1].Name, new Check(statement, check.Name?.Name, true));
        }
    }

    // As PostgreSQL prints it, with or without the parentheses around it.
    private static bool IsNotNull(string condition)
    {
        var test = condition is ['(', .., ')'] ? condition[1..^1] : condition;
        return test.EndsWith(" IS NOT NULL", StringComparison.Ordinal) && !test.Contains('(', StringComparison.Ordinal);
    }

    private void Add(string table, string column, Check check)
    {
        var key = Key(table, column);
        if (!_checks.TryGetValue(key, out var checks))
            _checks.Add(key, checks = []);

        checks.Add(check);
    }

    private static string Key(string table, string column) => $"{table}.{column}";

    private sealed record Check(MigrationStatement Statement, string? Constraint, bool IsProof);
}
