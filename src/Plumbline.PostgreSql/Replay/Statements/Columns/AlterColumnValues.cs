using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast.Expressions;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>What ALTER TABLE does to the values of columns: defaults, NOT NULL, generation expressions.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterColumnValues(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>SET DEFAULT and DROP DEFAULT.</summary>
    public void SetDefault(SetDefaultAction action)
    {
        alter.Require("ALTER COLUMN ... SET DEFAULT", "rvf");
        alter.Enqueue(action.Value is null ? AlterPass.Drop : AlterPass.AddOtherConstraint, () => SetDefaultNow(action));
    }

    /// <summary>SET NOT NULL and DROP NOT NULL.</summary>
    public void SetNotNull(SetNotNullAction action)
    {
        alter.Require(action.IsNotNull ? "ALTER COLUMN ... SET NOT NULL" : "ALTER COLUMN ... DROP NOT NULL", "rf");
        if (action.IsNotNull)
        {
            alter.Enqueue(AlterPass.ColumnAttributes, () => SetNotNullNow(action.Column.Name));
        }
        else
        {
            alter.Enqueue(AlterPass.Drop, () => DropNotNullNow(action.Column.Name));
        }
    }

    /// <summary>SET EXPRESSION and DROP EXPRESSION.</summary>
    public void SetExpression(SetExpressionAction action)
    {
        alter.Require(action.Value is null ? "ALTER COLUMN ... DROP EXPRESSION" : "ALTER COLUMN ... SET EXPRESSION", "rf");
        alter.Enqueue(action.Value is null ? AlterPass.Drop : AlterPass.AddColumn, () =>
        {
            var column = alter.Column(action.Column.Name);
            if (!column.Row.IsGenerated)
            {
                if (action.IfExists)
                {
                    return;
                }

                throw new RefusedException("55000", action.Value is null
                    ? $"column \"{column.Name}\" of relation \"{Table.Name}\" is not a stored generated column"
                    : $"column \"{column.Name}\" of relation \"{Table.Name}\" is not a generated column");
            }

            if (action.Value is { } value)
            {
                var bound = Execution.Binder.Generated(value, Table, column);
                Defaults.Store(Execution, column, bound, isGenerated: true);
            }
            else
            {
                Defaults.Remove(Database, column);
                column.Row = column.Row with { IsGenerated = false };
            }
        });
    }

    private void SetDefaultNow(SetDefaultAction action)
    {
        var column = alter.Column(action.Column.Name);
        if (column.Row.Identity != '\0')
        {
            throw new RefusedException(new SqlError("42601", $"column \"{column.Name}\" of relation \"{Table.Name}\" is an identity column")
            {
                Hint = action.Value is null ? "Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead." : null,
            });
        }

        if (column.Row.IsGenerated)
        {
            throw new RefusedException(new SqlError("42601", $"column \"{column.Name}\" of relation \"{Table.Name}\" is a generated column")
            {
                Hint = action.Value is null ? "Use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead." : null,
            });
        }

        ApplyDefault(column, action.Value);
        if (alter.IsOnly)
        {
            return;
        }

        foreach (var child in Table.Children.Items)
        {
            if (child.FindColumn(column.Name) is { } inherited)
            {
                ApplyDefault(inherited, action.Value);
            }
        }
    }

    private void ApplyDefault(ColumnObject column, SqlExpr? value)
    {
        var had = column.Row.Default is not null;
        if (value is not null)
        {
            // The old default goes only where the new one is good.
            var bound = RefusedException.Unplaced(() => Execution.Binder.Default(value, column.Row));
            Defaults.Remove(Database, column);
            if (!bound.IsNull)
            {
                Defaults.Store(Execution, column, bound, isGenerated: false);
            }
        }
        else
        {
            Defaults.Remove(Database, column);
        }

        if (value is not null || had)
        {
        }
    }

    private void SetNotNullNow(string name)
    {
        var column = alter.Column(name);
        if (!column.Row.IsNotNull)
        {
            column.Row = column.Row with { IsNotNull = true };
        }

        if (!alter.IsOnly)
        {
            SetChildrenNotNull(Table, name);
        }
    }

    private static void SetChildrenNotNull(RelationObject table, string name)
    {
        foreach (var child in table.Children.Items)
        {
            if (child.FindColumn(name) is { Row.IsNotNull: false } column)
            {
                column.Row = column.Row with { IsNotNull = true };
            }

            SetChildrenNotNull(child, name);
        }
    }

    private void DropNotNullNow(string name)
    {
        var column = alter.Column(name);
        if (!column.Row.IsNotNull)
        {
            return;
        }

        if (column.Row.Identity != '\0')
        {
            throw new RefusedException("42601", $"column \"{name}\" of relation \"{Table.Name}\" is an identity column");
        }

        foreach (var index in Table.Indexes.Items)
        {
            var info = index.Row.Index!;
            if (info.Keys.Any(k => k.Column == column.Number))
            {
                if (info.IsPrimary)
                {
                    throw new RefusedException("42P16", $"column \"{name}\" is in a primary key");
                }

                if (info.IsReplicaIdentity)
                {
                    throw new RefusedException("42P16", $"column \"{name}\" is in index used as replica identity");
                }
            }
        }

        if (Table.Row is { IsPartition: true, Parents: [var parent] } && parent.FindColumn(name) is { Row.IsNotNull: true })
        {
            throw new RefusedException("42P16", $"column \"{name}\" is marked NOT NULL in parent table");
        }

        column.Row = column.Row with { IsNotNull = false };
        if (alter.IsOnly)
        {
            return;
        }

        foreach (var child in Table.Children.Items)
        {
            if (child.FindColumn(name) is { Row.IsNotNull: true } inherited)
            {
                inherited.Row = inherited.Row with { IsNotNull = false };
            }
        }
    }
}
