using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// PostgreSQL can't turn a table into a partitioned one or give it another partition key: it is made again. A partitioned table holds no rows itself, so its
/// partitions leave it and join the new one; the rows of other tables are copied.
/// </summary>
internal static class TableRebuild
{
    /// <summary>Whether a table that is made again has rows to copy.</summary>
    internal static bool IsCopied(ChangePlan plan, DependencyNode from) =>
        plan.ToGraph.Find(from.Key) is { Item: Table to } && from.Item is Table table && table.Kind != TableKind.Foreign && to.Kind != TableKind.Foreign &&
            !(table.Kind == TableKind.Partitioned && to.Kind == TableKind.Partitioned);

    /// <summary>Whether a partition goes with the partitioned table that is copied, since its rows are still to be read.</summary>
    internal static bool DropsWith(ChangePlan plan, DependencyNode partition) =>
        Origin(plan, partition) is { } parent && (plan.Fates.Of(parent.Key) == Fate.Remade ? IsCopied(plan, parent) : DropsWith(plan, parent));

    internal static void Plan(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var old = plan.FromGraph.Find(node.Key)!;
        var (from, to) = ((Table)old.Item, (Table)node.Item);
        KeepSequences(plan, from, cause, old.Key);
        if (!IsCopied(plan, old))
        {
            var members = plan.FromGraph.Named(old.Key.Name)
                .Where(n => n.Parent is Table && n.Key.Kind != ObjectKind.Link && !n.Needs.Any(k => k.Kind == ObjectKind.Link))
                .Select(n => n.Key);
            plan.Add(new Operation(PlanPhase.DropTables, cause, $"DROP TABLE {SqlIdentifier.Quote(old.Key.Name)}")
            {
                Safety = from.Kind == TableKind.Foreign ? ChangeSafety.Destructive : ChangeSafety.Safe,
                Drops = [old.Key, .. members],
                Frees = [.. RelationNames.Of(plan.OwnedInFrom(from.Name), from)],
            });
            return;
        }

        var waiting = plan.Temporary(old.Key.Name);
        var columns = from.Columns.Where(c => c.Identity != IdentityKind.None).ToList();
        foreach (var column in columns)
        {
            plan.Add(new Operation(PlanPhase.DropDefaults, cause, $"{TableWriter.Alter(old.Key.Name)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)} DROP IDENTITY")
            {
                Before = [old.Key],
                BeforeMaking = [old.Key],
                Frees = [.. RelationNames.OfColumn(plan.OwnedInFrom(from.Name), column)],
            });
        }

        var all = plan.FromGraph.Named(old.Key.Name).Where(n => n.Parent is Table).Select(n => n.Key).ToHashSet();

        // A partition key whose function goes can't wait: the rows wait in a table of their own.
        var mustLetGo = old.Needs.Any(n => n.Kind == ObjectKind.Function && plan.Fates.Goes(n));
        if (mustLetGo)
        {
            plan.Add(new Operation(PlanPhase.DropTables, cause, $"CREATE TABLE {SqlIdentifier.Quote(waiting)} AS TABLE {SqlIdentifier.Quote(old.Key.Name)}") { Before = [old.Key] });
        }

        plan.Add(new Operation(
            PlanPhase.DropTables,
            cause,
            mustLetGo ? $"DROP TABLE {SqlIdentifier.Quote(old.Key.Name)}" : $"{TableWriter.Alter(old.Key.Name)} RENAME TO {SqlIdentifier.Quote(waiting.Name)}")
        {
            Drops = [.. all.Where(k => k.Kind != ObjectKind.Link && !IsDroppedAlone(plan, k) && !plan.FromGraph.Find(k)!.Needs.Any(n => n.Kind == ObjectKind.Link)).Prepend(old.Key)],
            AfterDropping = [.. all.Where(k => k.Kind == ObjectKind.Link || IsDroppedAlone(plan, k))],
            Frees = [old.Key.Name],
        });
        Copy(plan, old, to, waiting, cause);
        var partitions = plan.FromGraph.Nodes.Where(n => n.Key.Kind == ObjectKind.Table && plan.Fates.Of(n.Key) == Fate.Gone && DropsWith(plan, n)).Select(n => n.Key.Name).ToHashSet();
        plan.Add(new Operation(PlanPhase.CopyRows, cause, $"DROP TABLE {SqlIdentifier.Quote(waiting)}")
        {
            After = [ObjectKey.Of(ObjectKind.Table, waiting)],
            BeforeDropping =
            [
                .. plan.FromGraph.Nodes.Where(n => n.Key.Kind == ObjectKind.Column && (n.Key.Name == old.Key.Name || partitions.Contains(n.Key.Name)))
                    .SelectMany(n => n.Needs)
                    .Where(k => k.Kind == ObjectKind.Type),
            ],
            Drops = [.. plan.FromGraph.Nodes.Where(n => n.Key.Kind == ObjectKind.Table && partitions.Contains(n.Key.Name)).Select(n => n.Key)],
        });
    }

    // What takes a name among relations, and what other tables look at, goes before.
    private static bool IsDroppedAlone(ChangePlan plan, ObjectKey key) =>
        key.Kind == ObjectKind.Index || plan.FromGraph.Find(key)!.Item is Constraint and not CheckConstraint;

    private static void Copy(ChangePlan plan, DependencyNode old, Table to, ObjectName waiting, SchemaChange cause)
    {
        var table = (Table)old.Item;
        var pairs = from column in to.Columns
                    where column.Generated is null
                    let source = table.Columns.FirstOrDefault(c => plan.Names.Column(table.Name, c.Name) == column.Name)
                    where source is not null
                    select (Target: column, Source: source);
        var columns = pairs.ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var values = columns.Select(p => ColumnTypeChange.Value(plan, p.Target.Name, p.Source, p.Target));
        var overriding = columns.Any(p => p.Target.Identity == IdentityKind.Always) ? " OVERRIDING SYSTEM VALUE" : "";
        plan.Add(new Operation(
            PlanPhase.CopyRows,
            cause,
            $"INSERT INTO {SqlIdentifier.Quote(to.Name)} ({SqlIdentifier.List(columns.Select(p => p.Target.Name))}){overriding} SELECT {string.Join(", ", values)} FROM {SqlIdentifier.Quote(waiting)}")
        {
            Safety = ChangeSafety.NeedsBackfill,
            Note = to.Kind == TableKind.Partitioned ? $"Every row of {to.Name.Name} needs a matching partition." : null,
            Makes = [ObjectKey.Of(ObjectKind.Table, waiting)],
            After = [old.Key, .. plan.ToGraph.Nodes.Where(n => n.Key.Kind == ObjectKind.Link && n.Key.Member == to.Name.ToString()).Select(n => n.Key)],
        });
        foreach (var column in to.Columns.Where(c => c.Identity != IdentityKind.None))
        {
            plan.Add(new Operation(PlanPhase.CopyRows, cause, ColumnChanges.MoveSequence(to.Name, column.Name, plan.Identities.GetValueOrDefault((to.Name, column.Name)))) { After = [old.Key] });
        }
    }

    /// <summary>The sequences of serial columns outlive the table, and are given back to the columns of the new one.</summary>
    private static void KeepSequences(ChangePlan plan, Table table, SchemaChange cause, ObjectKey key)
    {
        foreach (var sequence in plan.From.Sequences.Where(s => !s.IsIdentity && s.OwnedByTable == table.Name))
        {
            if (plan.ToGraph.Find(ObjectKey.Of(ObjectKind.Sequence, plan.Names.Sequence(sequence.Name))) is not { Item: Sequence to })
            {
                continue;
            }

            plan.Add(new Operation(PlanPhase.DropPublications, cause, $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} OWNED BY NONE") { Before = [key], BeforeMaking = [key] });
            if (SequenceWriter.Own(to) is { } own)
            {
                plan.Add(new Operation(PlanPhase.SetNotNull, cause, own) { After = [ObjectKey.Of(ObjectKind.Column, to.OwnedByTable!, to.OwnedByColumn!)] });
            }
        }
    }

    private static DependencyNode? Origin(ChangePlan plan, DependencyNode partition) =>
        partition.Item is Table { PartitionOf: { } parent } && plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Table, plan.NameOf(parent))) is { } node && plan.Fates.Goes(node.Key)
            ? node
            : null;
}
