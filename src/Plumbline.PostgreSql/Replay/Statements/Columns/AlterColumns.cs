using Plumbline.PostgreSql.Expressions;
using Plumbline.PostgreSql.Expressions.Tree;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.PostgreSql.Replay.Statements.Constraints;
using Plumbline.PostgreSql.Replay.Statements.Objects;
using Plumbline.PostgreSql.Replay.Statements.Tables;
using Plumbline.PostgreSql.Replay.Statements.Types;
using Plumbline.PostgreSql.Sql.Ast.Tables;

namespace Plumbline.PostgreSql.Replay.Statements.Columns;

/// <summary>What ALTER TABLE does to whole columns: ADD COLUMN and DROP COLUMN.</summary>
/// <param name="alter">The statement.</param>
internal sealed class AlterColumns(AlterTable alter)
{
    private Execution Execution => alter.Execution;

    private RelationObject Table => alter.Table;

    private Database Database => alter.Execution.Database;

    /// <summary>ADD COLUMN.</summary>
    public void Add(AddColumnAction action)
    {
        alter.Require("ADD COLUMN", "rfc");
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
            CheckMissingValue(column);
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
        foreach (var child in Table.Children.Items)
        {
            AddToChild(child, column);
        }
    }

    // The rows that are there get the default at once, so it is evaluated even where there are none (StoreAttrDefault).
    private void CheckMissingValue(ColumnObject column)
    {
        var row = column.Row;
        if (Table.Kind == 'r' && row is { TypeOid: TypeOids.VarChar or TypeOids.BpChar, Modifier: >= 4, Default.Expression: BoundExpression { Tree: FuncExpr { Arguments: [ConstExpr { Value: { } text }, ..] arguments } } }
            && arguments[^1] is not ConstExpr { Type: TypeOids.Bool, Value: "t" } && text.TrimEnd(' ').EnumerateRunes().Count() > row.Modifier - 4)
        {
            throw new RefusedException("22001", $"value too long for type {Database.FormatType(row.TypeOid, row.Modifier)}");
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
}
