using System.Collections.Immutable;
using Plumbline.PostgreSql.Writing.Dependencies;
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
            // What is made again gets all that is said of it there.
            if (change.ToObject is { } made && plan.ToGraph.Find(made, change.ToParent) is { } node && plan.IsMade(node.Key))
            {
                continue;
            }

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
            plan.Add(new Operation(PlanPhase.Comments, change, comment) { After = After(plan, item, null) });
        }

        Comments(plan, change, item is Table table ? CommentWriter.Members(table) : [(item, null)]);
        if (Target(item) is not { } target)
        {
            return;
        }

        if (GrantWriter.Own(target, item.Owner) is { } own)
        {
            plan.Add(new Operation(PlanPhase.Owners, change, own) { After = After(plan, item, null) });
        }

        if (item.Grants is not null)
        {
            AddAll(plan, PlanPhase.Grants, change, GrantWriter.Change(target, item.Owner ?? GrantWriter.Creator, null, item.Grants), item);
        }

        if (item is Table withColumns)
        {
            foreach (var column in withColumns.Columns.Where(c => c.Grants is not null))
            {
                AddAll(
                    plan,
                    PlanPhase.ColumnGrants,
                    change,
                    GrantWriter.ChangeColumn(withColumns.Name, withColumns.Owner ?? GrantWriter.Creator, column, null, column.Grants), column, withColumns);
            }
        }
    }

    internal static void DressContainer(ChangePlan plan, SchemaChange change, SchemaObject item)
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

    internal static void DressColumn(ChangePlan plan, SchemaChange change, Table table, Column column)
    {
        Comments(plan, change, [(column, table)]);
        if (column.Grants is not null)
        {
            AddAll(plan, PlanPhase.ColumnGrants, change, GrantWriter.ChangeColumn(table.Name, table.Owner ?? GrantWriter.Creator, column, null, column.Grants), column, table);
        }
    }

    private static void Comments(ChangePlan plan, SchemaChange change, IEnumerable<(SchemaObject Item, NamedObject? Parent)> items)
    {
        foreach (var (item, parent) in items)
        {
            if (item.Comment is { } comment && CommentWriter.Reference(item, parent) is { } reference)
            {
                plan.Add(new Operation(PlanPhase.Comments, change, CommentWriter.On(reference, comment)) { After = [.. After(plan, item, parent), .. After(plan, parent, null)] });
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
                PlanPhase.AlterColumns,
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

    private static void AlterGrants(ChangePlan plan, SchemaChange change, SchemaObject from, SchemaObject to)
    {
        if (from is Column oldColumn && to is Column column && change.ToParent is Table table)
        {
            AddAll(
                plan,
                PlanPhase.ColumnGrants,
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
            owner ??= GrantWriter.Creator;
            var before = from is NamedObject named && named is not Sequence { OwnedByTable: not null } ? named.Owner ?? GrantWriter.Creator : owner;
            AddAll(plan, PlanPhase.Grants, change, GrantWriter.Change(target, owner, Given(old, before, owner), wanted));
            if (to is Table revoked)
            {
                GrantColumnsAgain(plan, change, revoked, GrantWriter.Losers(old, wanted).ToHashSet());
            }
        }
    }

    /// <summary>What is revoked on a table is revoked on its columns too.</summary>
    private static void GrantColumnsAgain(ChangePlan plan, SchemaChange change, Table table, HashSet<string> losers)
    {
        foreach (var column in table.Columns)
        {
            var kept = (column.Grants ?? []).Where(g => losers.Contains(g.Grantee)).ToImmutableArray();
            AddAll(plan, PlanPhase.ColumnGrants, change, GrantWriter.ChangeColumn(table.Name, table.Owner ?? GrantWriter.Creator, column, null, kept), column, table);
        }
    }

    /// <summary>Privileges as they are once their object has another owner: what the old one had and gave is the new one's (<c>aclnewowner</c>).</summary>
    private static ImmutableArray<Grant>? Given(ImmutableArray<Grant>? grants, string from, string to) => from == to || grants is null
        ? grants
        : [.. grants.Value.Select(g => g with { Grantee = g.Grantee == from ? to : g.Grantee, Grantor = g.Grantor == from ? to : g.Grantor }).DistinctBy(g => (g.Grantee, g.Grantor))];

    private static void AddAll(ChangePlan plan, PlanPhase phase, SchemaChange change, IEnumerable<string> statements, SchemaObject? item = null, NamedObject? parent = null)
    {
        foreach (var statement in statements)
        {
            plan.Add(new Operation(phase, change, statement) { After = After(plan, item, parent) });
        }
    }

    /// <summary>What is said of an object is said when it is there.</summary>
    private static HashSet<ObjectKey> After(ChangePlan plan, SchemaObject? item, NamedObject? parent) =>
        item is not null && plan.ToGraph.Find(item, parent) is { } node ? [node.Key] : [];
}
