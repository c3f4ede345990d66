using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Finds what a plan makes: what is new with its members, and what goes to come again.</summary>
internal static class NewObjects
{
    internal static void Find(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                // A unique constraint and the index that Prisma has in its place are one object: another name is all that it needs.
                case { Kind: ChangeKind.RenameIndex or ChangeKind.RenameConstraint }:
                    break;
                case { FromObject: Constraint or Index, ToObject: Constraint or Index } when plan.ToGraph.Find(change.ToObject, change.ToParent) is { } other && plan.FromGraph.Find(other.Key) is null:
                    plan.Make(other, change);
                    break;
                case { FromObject: null, ToObject: { } item } when plan.ToGraph.Find(item, change.ToParent) is { } node:
                    AddAll(plan, node, change);
                    break;
                case { Kind: ChangeKind.AlterColumnDefault or ChangeKind.AlterColumnGenerated or ChangeKind.AlterColumnIdentity, ToObject: Column column, ToParent: { } table }:
                    AddDefault(plan, change, table.Name, column);
                    break;
                case { Kind: ChangeKind.AlterPartition, ToObject: Table to }:
                    AddMissing(plan, change, plan.ToGraph.Members(ObjectKey.Of(to)).Where(n => n.Key.Kind == ObjectKind.Link));
                    break;
                case { Kind: ChangeKind.AlterDomain, ToObject: DomainType to }:
                    AddMissing(plan, change, plan.ToGraph.Members(ObjectKey.Of(to)));
                    break;
            }
        }

        foreach (var node in plan.Fates.Going)
        {
            // What TO can't express, such as a policy or the query of a view in a Prisma schema, comes again as it was.
            var known = plan.ToGraph.Find(node.Key) is { Item: not View { Definition.Text: "" } } other ? other : null;
            var again = known ?? (plan.Fates.Of(node.Key) == Fate.Remade ? node : plan.ToGraph.Find(node.Key));
            if (again is not null && !IsDropped(plan, node.Key))
            {
                plan.Make(again, plan.Fates.Cause(node.Key));
            }
        }
    }

    // What goes with its table, and has a counterpart in TO by its key alone, such as the column of a table that a view takes the place of.
    private static bool IsDropped(ChangePlan plan, ObjectKey key) =>
        plan.FromGraph.Find(key)!.Owner is { } owner && plan.Fates.Of(owner) == Fate.Gone && plan.ToGraph.Find(owner) is null;

    private static void AddAll(ChangePlan plan, DependencyNode node, SchemaChange change)
    {
        plan.Make(node, change);
        foreach (var member in plan.ToGraph.Members(node.Key))
        {
            AddAll(plan, member, change);
        }

        var (table, column) = node switch
        {
            { Key.Kind: ObjectKind.Column, Item: Column item } => (node.Parent!.Name, item.Name),
            _ => default,
        };
        if (table is not null)
        {
            AddSequences(plan, change, table, column!);
        }
    }

    // A serial column brings its sequence.
    private static void AddSequences(ChangePlan plan, SchemaChange change, ObjectName table, string column)
    {
        foreach (var sequence in plan.OwnedInTo(table).Where(s => !s.IsIdentity && s.OwnedByColumn == column))
        {
            if (plan.ToGraph.Find(sequence, null) is { } node && plan.FromGraph.Find(node.Key) is null)
            {
                plan.Make(node, change);
            }
        }
    }

    private static void AddDefault(ChangePlan plan, SchemaChange change, ObjectName table, Column column)
    {
        if (plan.ToGraph.Find(ObjectKey.Of(ObjectKind.Default, table, column.Name)) is { } node)
        {
            plan.Make(node, change);
        }

        if (change.Kind == ChangeKind.AlterColumnIdentity && column.Identity == IdentityKind.None)
        {
            AddSequences(plan, change, table, column.Name);
        }
    }

    private static void AddMissing(ChangePlan plan, SchemaChange change, IEnumerable<DependencyNode> nodes)
    {
        foreach (var node in nodes.Where(n => plan.FromGraph.Find(n.Key) is null))
        {
            plan.Make(node, change);
        }
    }
}
