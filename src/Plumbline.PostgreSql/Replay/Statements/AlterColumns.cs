using System.Globalization;
using Plumbline.PostgreSql.Sql.Ast;

namespace Plumbline.PostgreSql.Replay.Statements;

/// <summary>What ALTER TABLE does to columns, but for their types.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterColumns(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>ADD COLUMN.</summary>
    public void Add(AddColumnAction action)
    {
        alter.Require(Table.Kind == 'c' || action.IsCascade ? "ADD COLUMN" : "ADD COLUMN", "rfc");
        if (Table.Row.OfType is not null)
        {
            throw new RefusedException("42809", "cannot add column to typed table");
        }

        if (alter.IsOnly && Table.Children.Items.Length > 0)
        {
            throw new RefusedException("42P16", "column must be added to child tables too");
        }

        alter.Enqueue(AlterPass.AddColumn, () => AddNow(action));
    }

    /// <summary>DROP COLUMN.</summary>
    public void Drop(DropColumnAction action)
    {
        alter.Require("DROP COLUMN", "rfc");
        alter.Enqueue(AlterPass.Drop, () => DropNow(action));
    }

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

            Changed(column, action.Value is null ? "no longer generated" : "generation expression");
        });
    }

    /// <summary>ADD GENERATED AS IDENTITY.</summary>
    public void AddIdentity(AddIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... ADD IDENTITY", "rvf");
        alter.Enqueue(AlterPass.AddOtherConstraint, () =>
        {
            // The sequence is made first, as PostgreSQL does, from the column's type.
            var existing = Table.FindColumn(action.Column.Name) ?? throw new RefusedException("42703", $"column \"{action.Column.Name}\" of relation \"{Table.Name}\" does not exist");
            var sequence = Identity.CreateSequence(Execution, Table.Namespace, Table.Name, existing.Name, existing.Row.TypeOid, action.Identity.Options, Table.Row.Persistence);
            var column = alter.Column(action.Column.Name);
            if (!column.Row.IsNotNull)
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" must be declared NOT NULL before identity can be added");
            }

            if (column.Row.Identity != '\0')
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is already an identity column");
            }

            if (column.Row.Default is not null)
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" already has a default value");
            }

            column.Row = column.Row with { Identity = action.Identity.IsAlways ? 'a' : 'd' };
            Sequences.Own(Database, sequence, Table, column.Number, isIdentity: true);
            Changed(column, "identity added");
        });
    }

    /// <summary>SET GENERATED and its kin.</summary>
    public void SetIdentity(SetIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... SET", "rvf");
        alter.Enqueue(AlterPass.ColumnAttributes, () =>
        {
            var column = alter.Column(action.Column.Name);
            if (column.Row.Identity == '\0')
            {
                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is not an identity column");
            }

            foreach (var option in action.Options)
            {
                if (option.Name == "generated")
                {
                    column.Row = column.Row with { Identity = option.Text == "always" ? 'a' : 'd' };
                }
            }

            if (SequenceOf(column) is { } sequence)
            {
                var info = Sequences.Parse(Execution, sequence.Row.Sequence!, [.. action.Options.Where(o => o.Name != "generated")], isNew: false, isIdentity: true);
                sequence.Row = sequence.Row with { Sequence = info };
            }

            Changed(column, "identity");
        });
    }

    /// <summary>DROP IDENTITY.</summary>
    public void DropIdentity(DropIdentityAction action)
    {
        alter.Require("ALTER COLUMN ... DROP IDENTITY", "rvf");
        alter.Enqueue(AlterPass.Drop, () =>
        {
            var column = alter.Column(action.Column.Name);
            if (column.Row.Identity == '\0')
            {
                if (action.IfExists)
                {
                    return;
                }

                throw new RefusedException("55000", $"column \"{column.Name}\" of relation \"{Table.Name}\" is not an identity column");
            }

            column.Row = column.Row with { Identity = '\0' };
            if (SequenceOf(column) is { } sequence)
            {
                Database.ForgetDependencies(new ObjectAddress(sequence), d => d.Kind == DependencyType.Internal);
                Execution.Drop([new ObjectAddress(sequence)], cascade: false);
            }

            Changed(column, "identity dropped");
        });
    }

    /// <summary>SET STATISTICS.</summary>
    public void SetStatistics(SetStatisticsAction action)
    {
        alter.Require("ALTER COLUMN ... SET STATISTICS", "rmif");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            if (action.Column is not { } name)
            {
                return;
            }

            if (Table.IsIndex)
            {
                throw new RefusedException("0A000", "cannot refer to non-index column by number");
            }

            var column = alter.Column(name.Name);
            if (action.Target < -1)
            {
                throw new RefusedException("22023", string.Create(CultureInfo.InvariantCulture, $"statistics target {action.Target} is too low"));
            }

            column.Row = column.Row with { StatisticsTarget = action.Target is -1 ? null : action.Target is > 10000 ? 10000 : action.Target };
            Changed(column, "statistics target");
        });
    }

    /// <summary>SET STORAGE.</summary>
    public void SetStorage(SetStorageAction action)
    {
        alter.Require("ALTER COLUMN ... SET STORAGE", "rmf");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var column = alter.Column(action.Column.Name);
            column.Row = column.Row with { Storage = ColumnStorage.Check(Execution, action.Storage, column.Row.TypeOid) };
            Changed(column, "storage");
        });
    }

    /// <summary>SET COMPRESSION.</summary>
    public void SetCompression(SetCompressionAction action)
    {
        alter.Require("ALTER COLUMN ... SET COMPRESSION", "rm");
        alter.Enqueue(AlterPass.Misc, () =>
        {
            var column = alter.Column(action.Column.Name);
            var method = action.Compression.ToLowerInvariant();
            if (method is not ("pglz" or "lz4" or "default"))
            {
                throw new RefusedException("22023", $"invalid compression method \"{action.Compression}\"");
            }

            column.Row = column.Row with { Compression = method == "default" ? null : method };
            Changed(column, "compression");
        });
    }

    /// <summary>SET (…), RESET (…) and OPTIONS (…) of a column.</summary>
    public void SetOptions(ColumnOptionsAction action)
    {
        alter.Require(action.Kind == OptionsKind.Set ? "ALTER COLUMN ... SET" : action.Kind == OptionsKind.Reset ? "ALTER COLUMN ... RESET" : "ALTER COLUMN ... OPTIONS", "rmfi");
        alter.Enqueue(AlterPass.Misc, () => Changed(alter.Column(action.Column.Name), "options"));
    }

    private void AddNow(AddColumnAction action)
    {
        var name = action.Column.Name.Name;
        if (Table.Row.IsPartition)
        {
            throw new RefusedException("42809", "cannot add column to a partition");
        }

        if (Collides(name, action.IfNotExists))
        {
            return;
        }

        var builder = new ColumnBuilder(Execution, Table.Namespace, Table.Name, Table.Row.Persistence);
        var draft = builder.Build(action.Column);
        if (builder.Constraints.Count > 0)
        {
            foreach (var (constraint, _) in builder.Constraints)
            {
                alter.AddConstraint(constraint, action.Column.Name);
            }
        }

        draft.CreateSequence();
        if (Table.Columns.Items.Length >= 1600)
        {
            throw new RefusedException("54011", "tables can have at most 1600 columns");
        }

        Relations.CheckType(Execution, name, draft.TypeOid, Table.Kind, Table);
        CheckRowTypeUse(draft);
        var column = Relations.AddColumn(Database, Table, draft.ToRow());
        if (draft.SerialSequence is { } serial)
        {
            Defaults.Store(Execution, column, Defaults.NextValue(Execution, serial, column.Row), isGenerated: false);
        }
        else if (draft.Default is { } written)
        {
            RefusedException.Unplaced(() => Defaults.StoreIfAny(Execution, column, written));
        }
        else if (draft.Generated is { } generated)
        {
            RefusedException.Unplaced(() => Defaults.Generate(Execution, column, generated));
        }

        if ((draft.SerialSequence ?? draft.IdentitySequence) is { } sequence)
        {
            alter.Enqueue(AlterPass.Misc, () => Sequences.Own(Database, sequence, Table, column.Number, draft.IdentitySequence is not null));
        }

        Table.MarkChanged();
        Execution.Changed(ChangeKind.Create, "column", Table, name);
        foreach (var child in Table.Children.Items)
        {
            AddToChild(child, column);
        }
    }

    private void AddToChild(RelationObject child, ColumnObject column)
    {
        if (child.FindColumn(column.Name) is { } existing)
        {
            if (existing.Row.TypeOid != column.Row.TypeOid || existing.Row.Modifier != column.Row.Modifier)
            {
                throw new RefusedException("42804", $"child table \"{child.Name}\" has different type for column \"{column.Name}\"");
            }

            existing.Row = existing.Row with { InheritCount = existing.Row.InheritCount + 1 };
            return;
        }

        var copy = Relations.AddColumn(Database, child, column.Row with { Default = null, IsLocal = false, InheritCount = 1, Acl = null, Comment = null, Identity = '\0' });
        if (column.Row.Default is { } value)
        {
            Defaults.Store(Execution, copy, value.Expression, column.Row.IsGenerated);
        }

        child.MarkChanged();
        foreach (var grandchild in child.Children.Items)
        {
            AddToChild(grandchild, copy);
        }
    }

    private bool Collides(string name, bool ifNotExists)
    {
        if (SystemColumns.Contains(name))
        {
            throw new RefusedException("42701", $"column name \"{name}\" conflicts with a system column name");
        }

        if (Table.FindColumn(name) is null)
        {
            return false;
        }

        return ifNotExists ? true : throw new RefusedException("42701", $"column \"{name}\" of relation \"{Table.Name}\" already exists");
    }

    // find_composite_type_dependencies: a row type that other tables store cannot change its shape.
    private void CheckRowTypeUse(ColumnDraft draft)
    {
        if (Table.Kind == 'c')
        {
            RowTypes.RefuseStored(Database, Table, Table);
        }
        else if (draft.Default is not null || draft.Generated is not null || draft.SerialSequence is not null || draft.IdentitySequence is not null)
        {
            RowTypes.RefuseStored(Database, Table, Table);
        }
    }

    private void DropNow(DropColumnAction action)
    {
        var name = action.Column.Name;
        if (Table.FindColumn(name) is not { } column)
        {
            if (action.IfExists)
            {
                return;
            }

            throw SystemColumns.Contains(name)
                ? new RefusedException("0A000", $"cannot drop system column \"{name}\"")
                : new RefusedException("42703", $"column \"{name}\" of relation \"{Table.Name}\" does not exist");
        }

        if (column.Row.InheritCount > 0)
        {
            throw new RefusedException("42P16", $"cannot drop inherited column \"{name}\"");
        }

        if (Table.Row.PartitionKey is { } key && key.Keys.Any(k => k.Column == column.Number || k.Expression?.Dependencies.Any(d => d.Oid == Table.Oid && d.Column == column.Number) == true))
        {
            throw new RefusedException("42P16", key.Keys.Any(k => k.Column == column.Number)
                ? $"cannot drop column \"{name}\" because it is part of the partition key of relation \"{Table.Name}\""
                : $"cannot drop column named in partition key expression \"{name}\"");
        }

        if (alter.IsOnly && Table.Kind == 'p' && Table.Children.Items.Length > 0)
        {
            throw new RefusedException(new SqlError("42P16", "cannot drop column from only the partitioned table when partitions exist") { Hint = "Do not specify the ONLY keyword." });
        }

        var addresses = new List<ObjectAddress> { new(Table, column.Number) };
        foreach (var child in Table.Children.Items)
        {
            CollectInherited(child, name, addresses, alter.IsOnly);
        }

        Execution.Drop(addresses, action.IsCascade);
        Table.MarkChanged();
    }

    private static void CollectInherited(RelationObject child, string name, List<ObjectAddress> addresses, bool isOnly)
    {
        if (child.FindColumn(name) is not { } column)
        {
            return;
        }

        var row = column.Row with { InheritCount = column.Row.InheritCount - 1 };
        if (isOnly)
        {
            column.Row = row with { IsLocal = true };
            return;
        }

        column.Row = row;
        if (row is { InheritCount: 0, IsLocal: false })
        {
            addresses.Add(new ObjectAddress(child, column.Number));
            foreach (var grandchild in child.Children.Items)
            {
                CollectInherited(grandchild, name, addresses, isOnly);
            }
        }
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
            Changed(column, value is null ? "default dropped" : "default");
        }
    }

    private void SetNotNullNow(string name)
    {
        var column = alter.Column(name);
        if (!column.Row.IsNotNull)
        {
            column.Row = column.Row with { IsNotNull = true };
            Changed(column, "not null");
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
        Changed(column, "nullable");
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

    private RelationObject? SequenceOf(ColumnObject column) => Table.ReferencedBy.Items
        .Where(d => d.Referenced.Column == column.Number && d.Kind == DependencyType.Internal && d.Dependent.Object is RelationObject { Kind: 'S' })
        .Select(d => (RelationObject)d.Dependent.Object).FirstOrDefault();

    private void Changed(ColumnObject column, string detail) => Execution.Changed(ChangeKind.Change, "column", Table, column.Name, detail: detail);
}
