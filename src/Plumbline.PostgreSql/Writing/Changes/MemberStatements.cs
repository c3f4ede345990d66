using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>How members of tables and views come and go.</summary>
internal static class MemberStatements
{
    /// <param name="plan">The plan.</param>
    /// <param name="cause">Why.</param>
    /// <param name="parent">Name of the table or view once renames are done.</param>
    /// <param name="item">The member of FROM.</param>
    /// <param name="name">Its name once renames are done.</param>
    /// <param name="safety">What it means for rows.</param>
    internal static void Drop(ChangePlan plan, SchemaChange cause, ObjectName parent, SchemaObject item, string name, ChangeSafety safety = ChangeSafety.Safe)
    {
        var table = SqlIdentifier.Quote(parent);
        var quoted = SqlIdentifier.Quote(name);
        var (phase, sql) = item switch
        {
            ForeignKey => (PlanPhase.DropForeignKeys, $"{TableWriter.Alter(parent)} DROP CONSTRAINT {quoted}"),
            Constraint => (PlanPhase.DropConstraints, $"{TableWriter.Alter(parent)} DROP CONSTRAINT {quoted}"),
            Index => (PlanPhase.DropConstraints, $"DROP INDEX {SqlIdentifier.Quote(new ObjectName(parent.Schema, name))}"),
            Trigger => (PlanPhase.DropWatchers, $"DROP TRIGGER {quoted} ON {table}"),
            Policy => (PlanPhase.DropWatchers, $"DROP POLICY {quoted} ON {table}"),
            RewriteRule => (PlanPhase.DropWatchers, $"DROP RULE {quoted} ON {table}"),
            _ => throw new ArgumentException($"A {item.GetType().Name} is no member that can be dropped.", nameof(item)),
        };
        plan.Add(phase, cause, sql, Create(parent, item, cause.FromParent), safety);
    }

    /// <summary>Makes a member, with its comment and state.</summary>
    internal static void Add(
        ChangePlan plan,
        SchemaChange cause,
        NamedObject parent,
        SchemaObject item,
        string? reverse = null,
        ChangeSafety safety = ChangeSafety.Safe,
        string? note = null)
    {
        var phase = item switch
        {
            ForeignKey => PlanPhase.AddForeignKeys,
            Constraint => PlanPhase.AddConstraints,
            Index => PlanPhase.AddIndexes,
            _ => PlanPhase.AddWatchers,
        };
        plan.Add(phase, cause, Create(parent.Name, item, parent), reverse, safety, note);
        var state =
            item switch { Trigger trigger => ("TRIGGER", trigger.Name, trigger.State), RewriteRule rule => ("RULE", rule.Name, rule.State), _ => default };
        if (state.State != TriggerState.Enabled)
        {
            plan.Add(PlanPhase.States, cause, $"{TableWriter.Alter(parent.Name)} {TriggerWriter.Switch(state.Item1, state.Name, state.State)}");
        }

        if (item is Index { IsClustered: true } or KeyConstraint { IsClustered: true })
        {
            plan.Add(PlanPhase.Settings, cause, $"{TableWriter.Alter(parent.Name)} CLUSTER ON {SqlIdentifier.Quote(NameOf(item))}");
        }

        if (parent is Table table && table.ReplicaIdentity == $"index {NameOf(item)}")
        {
            plan.Add(PlanPhase.Settings, cause, $"{TableWriter.Alter(parent.Name)} REPLICA IDENTITY {TableWriter.ReplicaIdentity(table.ReplicaIdentity)}");
        }

        if (item.Comment is { } comment && CommentWriter.Reference(item, parent) is { } reference)
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
