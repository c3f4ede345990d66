using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Storage, row-level security, partitions, comments, owners and privileges.</summary>
internal static class SettingChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AlterRls, FromObject: Table from, ToObject: Table to }:
                    AlterRowSecurity(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterStorage, FromObject: Table from, ToObject: Table to }:
                    AlterStorage(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterStorage, ToObject: View view }:
                    plan.Add(
                        PlanPhase.Settings, change, $"REFRESH MATERIALIZED VIEW {SqlIdentifier.Quote(view.Name)}{(view.IsPopulated ? "" : " WITH NO DATA")}");
                    break;
                case { Kind: ChangeKind.AlterPartition, FromObject: Table from, ToObject: Table to }:
                    AlterPartition(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AddComment or ChangeKind.AlterComment or ChangeKind.DropComment, ToObject: { } item }:
                    if (CommentWriter.Reference(item, change.ToParent) is { } reference)
                    {
                        plan.Add(
                            PlanPhase.Comments, change, CommentWriter.On(reference, item.Comment), CommentWriter.On(reference, change.FromObject?.Comment));
                    }

                    break;
                case { Kind: ChangeKind.AlterOwner, To: { } owner, From: { } old, ToObject: { } item }:
                    if (Target(item)?.AlterOwner is { } owned)
                    {
                        plan.Add(PlanPhase.Owners, change, GrantWriter.Own(owned, owner), GrantWriter.Own(owned, old));
                    }

                    break;
                case { Kind: ChangeKind.AddGrant or ChangeKind.AlterGrant or ChangeKind.DropGrant, FromObject: { } from, ToObject: { } to }:
                    AlterGrants(plan, change, from, to);
                    break;
                case { FromObject: null, ToObject: NamedObject item and not View }:
                    Dress(plan, change, item);
                    break;
                case { FromObject: null, ToObject: Namespace or Extension or Publication }:
                    DressContainer(plan, change, change.ToObject);
                    break;
                case { Kind: ChangeKind.AddColumn, ToObject: Column column, ToParent: Table table }:
                    DressColumn(plan, change, table, column);
                    break;
            }
        }
    }

    /// <summary>Comments, owner and privileges of an object that was made.</summary>
    internal static void Dress(ChangePlan plan, SchemaChange change, NamedObject item)
    {
        if (item is DomainType domain)
        {
            Comments(plan, change, domain.Checks.Select(c => ((SchemaObject)c, (NamedObject?)domain)));
        }

        var single = new DatabaseSchema { Views = item is View view ? [view] : [], CompositeTypes = item is CompositeType type ? [type] : [] };
        foreach (var comment in CommentWriter.All(single))
        {
            plan.Add(PlanPhase.Comments, change, comment);
        }

        Comments(plan, change, item is Table table ? CommentWriter.Members(table) : [(item, null)]);
        if (Target(item) is not { } target)
        {
            return;
        }

        if (GrantWriter.Own(target, item.Owner) is { } own)
        {
            plan.Add(PlanPhase.Owners, change, own);
        }

        if (item.Grants is not null)
        {
            AddAll(plan, PlanPhase.Grants, change, GrantWriter.Change(target, item.Owner ?? GrantWriter.Creator, null, item.Grants));
        }

        if (item is Table withColumns)
        {
            foreach (var column in withColumns.Columns.Where(c => c.Grants is not null))
            {
                AddAll(
                    plan,
                    PlanPhase.Grants,
                    change,
                    GrantWriter.ChangeColumn(withColumns.Name, withColumns.Owner ?? GrantWriter.Creator, column, null, column.Grants));
            }
        }
    }

    private static void DressContainer(ChangePlan plan, SchemaChange change, SchemaObject item)
    {
        Comments(plan, change, [(item, null)]);
        if (item is Namespace schema)
        {
            var target = AclTarget.Of(schema);
            if (GrantWriter.Own(target, schema.Owner) is { } own)
            {
                plan.Add(PlanPhase.Owners, change, own);
            }

            if (schema.Grants is not null)
            {
                AddAll(plan, PlanPhase.Grants, change, GrantWriter.Change(target, schema.Owner ?? GrantWriter.Creator, null, schema.Grants));
            }
        }
    }

    private static void DressColumn(ChangePlan plan, SchemaChange change, Table table, Column column)
    {
        Comments(plan, change, [(column, table)]);
        if (column.Grants is not null)
        {
            AddAll(plan, PlanPhase.Grants, change, GrantWriter.ChangeColumn(table.Name, table.Owner ?? GrantWriter.Creator, column, null, column.Grants));
        }
    }

    private static void Comments(ChangePlan plan, SchemaChange change, IEnumerable<(SchemaObject Item, NamedObject? Parent)> items)
    {
        foreach (var (item, parent) in items)
        {
            if (item.Comment is { } comment && CommentWriter.Reference(item, parent) is { } reference)
            {
                plan.Add(PlanPhase.Comments, change, CommentWriter.On(reference, comment));
            }
        }
    }

    private static AclTarget? Target(SchemaObject item) => item switch
    {
        Namespace schema => AclTarget.Of(schema),
        Table table => AclTarget.Of(table),
        View view => AclTarget.Of(view),
        Sequence sequence => AclTarget.Of(sequence),
        Function function => AclTarget.Of(function),
        NamedObject type => AclTarget.OfType(type),
        _ => null,
    };

    private static void AlterRowSecurity(ChangePlan plan, SchemaChange change, Table from, Table to)
    {
        var alter = TableWriter.Alter(to.Name);
        if (from.RowSecurity != to.RowSecurity)
        {
            plan.Add(PlanPhase.Settings, change, $"{alter} {Verb(to.RowSecurity)} ROW LEVEL SECURITY", $"{alter} {Verb(from.RowSecurity)} ROW LEVEL SECURITY");
        }

        if (from.ForceRowSecurity != to.ForceRowSecurity)
        {
            plan.Add(
                PlanPhase.Settings,
                change,
                $"{alter} {(to.ForceRowSecurity ? "FORCE" : "NO FORCE")} ROW LEVEL SECURITY",
                $"{alter} {(from.ForceRowSecurity ? "FORCE" : "NO FORCE")} ROW LEVEL SECURITY");
        }

        static string Verb(bool on) => on ? "ENABLE" : "DISABLE";
    }

    private static void AlterStorage(ChangePlan plan, SchemaChange change, Table from, Table to)
    {
        var alter = TableWriter.Alter(to.Name);
        if (from.Persistence != to.Persistence)
        {
            plan.Add(
                PlanPhase.Settings,
                change,
                $"{alter} SET {(to.Persistence == Persistence.Unlogged ? "UNLOGGED" : "LOGGED")}",
                $"{alter} SET {(from.Persistence == Persistence.Unlogged ? "UNLOGGED" : "LOGGED")}");
        }

        var gone = from.StorageParameters.Select(p => p.Name).Except(to.StorageParameters.Select(p => p.Name)).ToList();
        if (gone.Count > 0)
        {
            plan.Add(PlanPhase.Settings, change, $"{alter} RESET ({StorageParameters.Names(gone)})");
        }

        var changed = to.StorageParameters.Where(p => !from.StorageParameters.Contains(p)).ToImmutableArray();
        if (changed.Length > 0)
        {
            plan.Add(PlanPhase.Settings, change, $"{alter} SET ({StorageParameters.List(changed)})");
        }

        if (from.ReplicaIdentity != to.ReplicaIdentity)
        {
            plan.Add(
                PlanPhase.Settings,
                change,
                $"{alter} REPLICA IDENTITY {TableWriter.ReplicaIdentity(to.ReplicaIdentity)}",
                $"{alter} REPLICA IDENTITY {TableWriter.ReplicaIdentity(from.ReplicaIdentity)}");
        }
    }

    private static void AlterPartition(ChangePlan plan, SchemaChange change, Table from, Table to)
    {
        var name = SqlIdentifier.Quote(to.Name);
        if (from.PartitionOf != to.PartitionOf || from.PartitionBound?.Text != to.PartitionBound?.Text)
        {
            if (from.PartitionOf is { } old)
            {
                plan.Add(PlanPhase.DropForeignKeys, change, $"{TableWriter.Alter(plan.NameOf(old))} DETACH PARTITION {name}");
            }

            if (to.PartitionOf is not null)
            {
                plan.Add(PlanPhase.Attach, change, TableWriter.Attach(to));
            }
        }

        foreach (var parent in from.Inherits.Select(plan.NameOf).Except(to.Inherits))
        {
            plan.Add(
                PlanPhase.DropForeignKeys,
                change,
                $"{TableWriter.Alter(to.Name)} NO INHERIT {SqlIdentifier.Quote(parent)}",
                $"{TableWriter.Alter(to.Name)} INHERIT {SqlIdentifier.Quote(parent)}");
        }

        foreach (var parent in to.Inherits.Except(from.Inherits.Select(plan.NameOf)))
        {
            plan.Add(
                PlanPhase.Attach,
                change,
                $"{TableWriter.Alter(to.Name)} INHERIT {SqlIdentifier.Quote(parent)}",
                $"{TableWriter.Alter(to.Name)} NO INHERIT {SqlIdentifier.Quote(parent)}");
        }

        if (from.Kind != to.Kind || from.PartitionKey?.Text != to.PartitionKey?.Text)
        {
            // PostgreSQL can't turn a table into a partitioned one: it is made again, and its rows have to be carried over.
            var old = to.Name with { Name = to.Name.Name + "_old" };
            plan.Add(
                PlanPhase.Attach,
                change,
                $"{TableWriter.Alter(to.Name)} RENAME TO {SqlIdentifier.Quote(old.Name)}",
                safety: ChangeSafety.Destructive,
                note: $"The rows of {old.Name} must be carried over to {to.Name.Name}, and its indexes and constraints renamed, before it is dropped.");
            plan.Add(
                PlanPhase.Attach,
                change,
                TableWriter.Create(
                    to with { PrimaryKey = null, UniqueConstraints = [], Exclusions = [] }, plan.Identities, inherits: true, expressionsLater: false),
                $"DROP TABLE {name}",
                ChangeSafety.Destructive);
        }
    }

    private static void AlterGrants(ChangePlan plan, SchemaChange change, SchemaObject from, SchemaObject to)
    {
        if (from is Column oldColumn && to is Column column && change.ToParent is Table table)
        {
            AddAll(
                plan,
                PlanPhase.Grants,
                change,
                GrantWriter.ChangeColumn(table.Name, table.Owner ?? GrantWriter.Creator, column, oldColumn.Grants, column.Grants));
            return;
        }

        if (Target(to) is { } target)
        {
            var (owner, old, wanted) = (from, to) switch
            {
                (Namespace f, Namespace t) => (t.Owner ?? (t.Name == "public" ? "pg_database_owner" : null), f.Grants, t.Grants),
                (NamedObject f, NamedObject t) => (t.Owner, f.Grants, t.Grants),
                _ => default,
            };
            AddAll(plan, PlanPhase.Grants, change, GrantWriter.Change(target, owner ?? GrantWriter.Creator, old, wanted));
        }
    }

    private static void AddAll(ChangePlan plan, PlanPhase phase, SchemaChange change, IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            plan.Add(phase, change, statement);
        }
    }
}
