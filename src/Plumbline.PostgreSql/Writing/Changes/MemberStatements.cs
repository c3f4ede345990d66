using System.Collections.Immutable;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>How members of tables and views come and go.</summary>
internal static class MemberStatements
{
    /// <summary>Drops a member of FROM, under its current name.</summary>
    internal static Operation Drop(ChangePlan plan, DependencyNode node, SchemaChange cause, ChangeSafety safety)
    {
        var parent = node.Key.Name;
        var table = SqlIdentifier.Quote(parent);
        var quoted = SqlIdentifier.Quote(node.Key.Member);
        var (phase, sql) = node.Item switch
        {
            CheckConstraint when node.Parent is DomainType => (PlanPhase.DropConstraints, $"ALTER DOMAIN {table} DROP CONSTRAINT {quoted}"),
            ForeignKey => (PlanPhase.DropForeignKeys, $"{TableWriter.Alter(parent)} DROP CONSTRAINT {quoted}"),
            Constraint => (PlanPhase.DropConstraints, $"{TableWriter.Alter(parent)} DROP CONSTRAINT {quoted}"),
            Index => (PlanPhase.DropConstraints, $"DROP INDEX {SqlIdentifier.Quote(parent with { Name = node.Key.Member })}"),
            Trigger => (PlanPhase.DropWatchers, $"DROP TRIGGER {quoted} ON {table}"),
            Policy => (PlanPhase.DropWatchers, $"DROP POLICY {quoted} ON {table}"),
            RewriteRule => (PlanPhase.DropWatchers, $"DROP RULE {quoted} ON {table}"),
            _ => throw new ArgumentException($"A {node.Item.GetType().Name} is no member that can be dropped.", nameof(node)),
        };
        return new Operation(phase, cause, sql)
        {
            Reverse = node.Parent is DomainType ? null : Create(parent, node.Item, node.Parent),
            Safety = safety,
            Drops = [node.Key, .. plan.Heirs(node.Key)],
            Frees = node.Item is Index or KeyConstraint or ExclusionConstraint ? [parent with { Name = node.Key.Member }] : [],
        };
    }

    /// <summary>Makes a member, with its comment and state.</summary>
    internal static void Add(ChangePlan plan, SchemaChange cause, DependencyNode node)
    {
        var parent = node.Parent!;
        var item = node.Item;
        var isNew = plan.FromGraph.Find(node.Key) is null || cause.FromObject is null || ReferenceEquals(cause.ToObject, item);

        // A table that the plan creates has no rows yet.
        var hasRows = parent is not Table || plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Table, parent.Name)) is not null;
        var (safety, note) = isNew && hasRows && !IsHeldAlready(item, cause) && !IsOnNewColumn(plan, item, parent) ? Risk(item, parent) : (ChangeSafety.Safe, null);
        var phase = item switch
        {
            ForeignKey => PlanPhase.AddForeignKeys,
            Constraint => PlanPhase.AddConstraints,
            Index when parent is View => PlanPhase.CreateViews,
            Index => PlanPhase.AddIndexes,
            _ => PlanPhase.AddWatchers,
        };
        plan.Add(new Operation(phase, cause, Create(parent.Name, item, parent))
        {
            Reverse = cause.FromObject is null ? Reverse(parent, item) : null,
            Safety = safety,
            Note = note,
            Makes = [node.Key, .. plan.Families.Descendants(parent.Name).SelectMany(d => HeirsMade(plan, node.Key, d))],
            After = [.. Parts(plan, node)],
            Takes = item is Index or KeyConstraint or ExclusionConstraint ? [parent.Name with { Name = NameOf(item) }] : [],
        });
        var state =
            item switch { Trigger trigger => ("TRIGGER", trigger.Name, trigger.State), RewriteRule rule => ("RULE", rule.Name, rule.State), _ => default };
        if (state.State != TriggerState.Enabled)
        {
            plan.Add(PlanPhase.States, cause, $"{AlterOnly(parent)} {TriggerWriter.Switch(state.Item1, state.Name, state.State)}");
        }

        if (item is Index { IsClustered: true } or KeyConstraint { IsClustered: true })
        {
            var alter = parent is View view ? $"ALTER {ViewWriter.Reference(view)}" : TableWriter.Alter(parent.Name);
            plan.Add(new Operation(PlanPhase.Settings, cause, $"{alter} CLUSTER ON {SqlIdentifier.Quote(NameOf(item))}") { After = [node.Key] });
        }

        if (parent is Table table && table.ReplicaIdentity == $"index {NameOf(item)}")
        {
            plan.Add(new Operation(PlanPhase.Settings, cause, $"{TableWriter.Alter(parent.Name)} REPLICA IDENTITY {TableWriter.ReplicaIdentity(table.ReplicaIdentity)}") { After = [node.Key] });
        }

        Comment(plan, cause, node);
    }

    internal static void Comment(ChangePlan plan, SchemaChange cause, DependencyNode node)
    {
        if (node.Item.Comment is { } comment && CommentWriter.Reference(node.Item, node.Parent) is { } reference)
        {
            plan.Add(PlanPhase.Comments, cause, CommentWriter.On(reference, comment));
        }
    }

    internal static string NameOf(SchemaObject item) => item switch
    {
        Constraint constraint => constraint.Name,
        Index index => index.Name,
        Trigger trigger => trigger.Name,
        Policy policy => policy.Name,
        RewriteRule rule => rule.Name,
        _ => "",
    };

    /// <summary>How ALTER TABLE names a table or view without its children.</summary>
    internal static string AlterOnly(NamedObject parent) => parent is Table ? $"ALTER TABLE ONLY {SqlIdentifier.Quote(parent.Name)}" : TableWriter.Alter(parent.Name);

    private static IEnumerable<ObjectKey> HeirsMade(ChangePlan plan, ObjectKey key, ObjectName child) =>
        key.Kind is ObjectKind.Constraint or ObjectKind.Trigger
            ? plan.ToGraph.Named(child).Where(n => n.Key.Kind == key.Kind && n.Item is not KeyConstraint && plan.Families.OriginsInTo(n.Key).Contains(key)).Select(n => n.Key)
            : [];

    /// <summary>The keys and indexes of partitions that a partitioned table's takes for its parts: they must be there before it looks.</summary>
    private static IEnumerable<ObjectKey> Parts(ChangePlan plan, DependencyNode node)
    {
        if (node.Parent is not Table { Kind: TableKind.Partitioned } table || node.Item is not (Index or KeyConstraint or ForeignKey))
        {
            yield break;
        }

        foreach (var part in plan.To.Tables.Where(t => t.PartitionOf == table.Name))
        {
            foreach (var index in part.Indexes.Where(i => node.Item is Index && i.PartitionOf?.Name == node.Key.Member))
            {
                yield return ObjectKey.Of(ObjectKind.Index, part.Name, index.Name);
            }

            if (node.Item is KeyConstraint key)
            {
                var same = part.UniqueConstraints.Concat(part.PrimaryKey is { } primary ? [primary] : []).Where(k => k.Columns.SequenceEqual(key.Columns));
                foreach (var other in same)
                {
                    yield return ObjectKey.Of(ObjectKind.Constraint, part.Name, other.Name);
                }
            }

            if (node.Item is ForeignKey foreign)
            {
                foreach (var other in part.ForeignKeys.Where(k => k.Name != foreign.Name && k.Columns.SequenceEqual(foreign.Columns)))
                {
                    yield return ObjectKey.Of(ObjectKind.Constraint, part.Name, other.Name);
                }
            }
        }
    }

    // Rows that one foreign key has checked satisfy another one with the same columns.
    private static bool IsHeldAlready(SchemaObject item, SchemaChange cause) =>
        item is ForeignKey key && cause is { FromObject: ForeignKey { IsValidated: true } old, ToObject: ForeignKey @new } && ReferenceEquals(@new, key) &&
        old.Columns.SequenceEqual(key.Columns) && old.ReferencedTable == key.ReferencedTable && old.ReferencedColumns.SequenceEqual(key.ReferencedColumns);

    // NULL is equal to no other value and references nothing, and a new column without a default is NULL in every row.
    private static bool IsOnNewColumn(ChangePlan plan, SchemaObject item, NamedObject parent)
    {
        IEnumerable<string?> columns = item switch
        {
            KeyConstraint { NullsNotDistinct: false } key => key.Columns,
            Index { IsUnique: true, NullsNotDistinct: false } index => index.Keys.Select(k => k.Column),
            ForeignKey { MatchFull: false } key => key.Columns,
            _ => [],
        };
        return parent is Table table && columns.Any(c => c is not null && table.FindColumn(c) is { IsNullable: true, Default: null, Generated: null, Identity: IdentityKind.None } &&
            plan.FromGraph.Find(ObjectKey.Of(ObjectKind.Column, table.Name, c)) is null);
    }

    private static (ChangeSafety, string?) Risk(SchemaObject item, NamedObject parent) => item switch
    {
        KeyConstraint or Index { IsUnique: true } or ExclusionConstraint =>
            (ChangeSafety.NeedsBackfill, $"First clean up rows of {parent.Name.Name} that violate {NameOf(item)}."),
        ForeignKey { IsValidated: true } key =>
            (ChangeSafety.NeedsBackfill, $"First clean up rows of {parent.Name.Name} that reference missing rows of {key.ReferencedTable.Name}."),
        CheckConstraint { IsValidated: true } check =>
            (ChangeSafety.NeedsBackfill, $"First clean up rows of {parent.Name.Name} that violate {check.Name}."),
        _ => (ChangeSafety.Safe, null),
    };

    private static string? Reverse(NamedObject parent, SchemaObject item)
    {
        var table = SqlIdentifier.Quote(parent.Name);
        var name = SqlIdentifier.Quote(NameOf(item));
        return item switch
        {
            Constraint => $"{TableWriter.Alter(parent.Name)} DROP CONSTRAINT {name}",
            Index index => $"DROP INDEX {SqlIdentifier.Quote(new ObjectName(parent.Name.Schema, index.Name))}",
            Trigger => $"DROP TRIGGER {name} ON {table}",
            Policy => $"DROP POLICY {name} ON {table}",
            RewriteRule => $"DROP RULE {name} ON {table}",
            _ => null,
        };
    }

    private static string Create(ObjectName parent, SchemaObject item, NamedObject? owner)
    {
        var alter = TableWriter.Alter(parent);
        return item switch
        {
            KeyConstraint key => $"{alter} ADD {ConstraintWriter.Key(key, owner is Table table && ReferenceEquals(table.PrimaryKey, key))}",
            ForeignKey key => $"{alter} ADD {ConstraintWriter.ForeignKey(key)}",
            CheckConstraint check => $"{alter} ADD {ConstraintWriter.Check(check)}",
            ExclusionConstraint exclusion => $"{alter} ADD {ConstraintWriter.Exclusion(exclusion)}",
            Index index => IndexWriter.Create(parent, index),
            Trigger trigger => TriggerWriter.Create(parent, trigger),
            Policy policy => PolicyWriter.Create(parent, policy),
            RewriteRule rule => rule.Definition.Text.TrimEnd().TrimEnd(';'),
            _ => "",
        };
    }
}
