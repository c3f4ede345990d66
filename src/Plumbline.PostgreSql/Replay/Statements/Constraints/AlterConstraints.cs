using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Constraints;

/// <summary>What ALTER TABLE does to constraints.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterConstraints(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    /// <summary>ADD constraint, also one that stands at a new column.</summary>
    public void Add(ConstraintDefinition constraint, Identifier? column)
    {
        alter.Require("ADD CONSTRAINT", "rf");
        switch (constraint)
        {
            case KeyDefinition key:
                var columns = column is { } only ? [only] : key.Columns;
                alter.Enqueue(AlterPass.TransformConstraint, () => TransformKey(key, columns));
                break;
            case ExclusionDefinition exclusion:
                alter.Enqueue(AlterPass.AddIndex, () => Added(Exclusions.Create(Execution, Table, exclusion)));
                break;
            case ForeignKeyDefinition foreignKey:
                alter.Enqueue(AlterPass.AddOtherConstraint, () => AddForeignKey(foreignKey, column is { } single ? [single] : foreignKey.Columns));
                break;
            case CheckDefinition check:
                alter.Enqueue(AlterPass.AddOtherConstraint, () => AddCheck(check));
                break;
            case NotNullDefinition { Column: { } name }:
                alter.Enqueue(AlterPass.ColumnAttributes, () =>
                {
                    var found = alter.Column(name.Name);
                    found.Row = found.Row with { IsNotNull = true };
                });
                break;
        }
    }

    /// <summary>DROP CONSTRAINT.</summary>
    public void Drop(DropConstraintAction action)
    {
        alter.Require("DROP CONSTRAINT", "rf");
        alter.Enqueue(AlterPass.Drop, () =>
        {
            if (Table.FindConstraint(action.Constraint.Name) is not { } constraint)
            {
                if (action.IfExists)
                {
                    return;
                }

                throw Missing(action.Constraint.Name);
            }

            if (constraint.Row.InheritCount > 0)
            {
                throw new RefusedException("42P16", $"cannot drop inherited constraint \"{constraint.Name}\" of relation \"{Table.Name}\"");
            }

            var addresses = new List<ObjectAddress> { new(constraint) };
            if (constraint.Row.Kind == ConstraintKind.Check)
            {
                CollectInherited(Table, constraint, addresses);
            }

            Execution.Drop(addresses, action.IsCascade);
            Table.MarkChanged();
        });
    }

    /// <summary>ALTER CONSTRAINT.</summary>
    public void Alter(AlterConstraintAction action)
    {
        alter.Require("ALTER CONSTRAINT", "r");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var constraint = Table.FindConstraint(action.Constraint.Name) ?? throw Missing(action.Constraint.Name);
            if (constraint.Row.Kind != ConstraintKind.ForeignKey)
            {
                throw new RefusedException("42809", $"constraint \"{constraint.Name}\" of relation \"{Table.Name}\" is not a foreign key constraint");
            }

            if (constraint.Row.Parent is { } parent)
            {
                throw new RefusedException(new SqlError("55000", $"cannot alter constraint \"{constraint.Name}\" on relation \"{Table.Name}\"")
                {
                    Detail = $"Constraint \"{constraint.Name}\" is derived from constraint \"{parent.Name}\" of relation \"{parent.Row.Table!.Name}\".",
                    Hint = "You may alter the constraint it derives from instead.",
                });
            }

            var deferred = action.IsInitiallyDeferred == true;
            constraint.Row = action.IsEnforced is { } isEnforced
                ? constraint.Row with { IsEnforced = isEnforced, IsValidated = isEnforced }
                : constraint.Row with { IsDeferrable = action.IsDeferrable == true || deferred, IsDeferred = deferred };
        });
    }

    /// <summary>VALIDATE CONSTRAINT.</summary>
    public void Validate(ValidateConstraintAction action)
    {
        alter.Require("VALIDATE CONSTRAINT", "rf");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var constraint = Table.FindConstraint(action.Constraint.Name) ?? throw Missing(action.Constraint.Name);
            if (constraint.Row.Kind is not (ConstraintKind.ForeignKey or ConstraintKind.Check))
            {
                throw new RefusedException("42809", $"constraint \"{constraint.Name}\" of relation \"{Table.Name}\" is not a foreign key or check constraint");
            }

            if (!constraint.Row.IsValidated)
            {
                constraint.Row = constraint.Row with { IsValidated = true };
            }
        });
    }

    private RefusedException Missing(string name) => new("42704", $"constraint \"{name}\" of relation \"{Table.Name}\" does not exist");

    private void TransformKey(KeyDefinition key, ImmutableArray<Identifier> columns)
    {
        if (key.UsingIndex is not null)
        {
            alter.Enqueue(AlterPass.AddIndexConstraint, () => Added(Keys.UseIndex(Execution, Table, key)));
            return;
        }

        Keys.CheckColumns(key, columns, _ => true); // What is missing is met when the index is made.
        if (key.IsPrimary)
        {
            // The columns become NOT NULL before the index is made.
            alter.Enqueue(AlterPass.ColumnAttributes, () =>
            {
                foreach (var name in columns)
                {
                    if (alter.Column(name.Name) is { Row.IsNotNull: false } column)
                    {
                        column.Row = column.Row with { IsNotNull = true };
                    }
                }
            });
        }

        alter.Enqueue(AlterPass.AddIndex, () => Added(Keys.Create(Execution, Table, key, columns, isAlterTable: true)));
    }

    private void AddForeignKey(ForeignKeyDefinition definition, ImmutableArray<Identifier> columns)
    {
        if (Table.Kind == 'f')
        {
            throw new RefusedException("42809", "foreign key constraints are not supported on foreign tables");
        }

        Added(ForeignKeys.Create(Execution, Table, definition, columns, isNewTable: false));
    }

    private void AddCheck(CheckDefinition definition)
    {
        if (RefusedException.Unplaced(() => Checks.Create(Execution, Table, definition, isNewTable: false, alter.CheckNames)) is not { } constraint)
        {
            return;
        }

        Added(constraint);
        if (definition.IsNoInherit)
        {
            return;
        }

        if (alter.IsOnly && Table.Children.Items.Length > 0)
        {
            throw new RefusedException("42P16", "constraint must be added to child tables too");
        }

        AddToChildren(Table, constraint);
    }

    private void AddToChildren(RelationObject table, ConstraintObject constraint)
    {
        foreach (var child in table.Children.Items)
        {
            if (child.FindConstraint(constraint.Name) is { } existing)
            {
                existing.Row = existing.Row with { InheritCount = existing.Row.InheritCount + 1 };
                continue;
            }

            var expression = Inheritance.Translate(Execution, constraint.Row.Expression!, child);
            var copy = Checks.Add(Execution, child, constraint.Name, expression, noInherit: false, constraint.Row.IsValidated, isLocal: false, inheritCount: 1);
            if (!constraint.Row.IsEnforced)
            {
                Checks.NotEnforced(copy);
            }

            AddToChildren(child, copy);
        }
    }

    private static void CollectInherited(RelationObject table, ConstraintObject constraint, List<ObjectAddress> addresses)
    {
        foreach (var child in table.Children.Items)
        {
            if (child.FindConstraint(constraint.Name) is not { Row.InheritCount: > 0 } inherited)
            {
                continue;
            }

            inherited.Row = inherited.Row with { InheritCount = inherited.Row.InheritCount - 1 };
            if (inherited.Row is { InheritCount: 0, IsLocal: false })
            {
                addresses.Add(new ObjectAddress(inherited));
                CollectInherited(child, inherited, addresses);
            }
        }
    }

    private void Added(ConstraintObject constraint)
    {
        Table.MarkChanged();
    }
}
