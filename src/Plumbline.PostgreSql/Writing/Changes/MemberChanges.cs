using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Constraints, indexes, triggers, policies and rules of tables and views that stay.</summary>
internal static class MemberChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            if (change.ToParent is { } parent && (change.ToObject ?? change.FromObject) is Constraint or Index or Trigger or Policy or RewriteRule)
            {
                Plan(plan, change, parent);
            }
        }
    }

    /// <summary>Whether a change makes a member go and come again.</summary>
    internal static bool IsRemade(SchemaChange change) => change.Kind switch
    {
        ChangeKind.AlterPrimaryKey or ChangeKind.AlterUnique or ChangeKind.AlterIndex or ChangeKind.AlterForeignKey or ChangeKind.AlterCheck or ChangeKind.AlterTrigger or ChangeKind.AlterPolicy => true,
        ChangeKind.AlterConstraintState => change.FromObject is Constraint && !IsValidation(change),
        _ => false,
    };

    private static bool IsValidation(SchemaChange change) =>
        change is { FromObject: Constraint { IsValidated: false } from, ToObject: Constraint { IsValidated: true } to }
        && from.IsDeferrable == to.IsDeferrable && from.IsInitiallyDeferred == to.IsInitiallyDeferred && from.IsEnforced == to.IsEnforced;

    private static void Plan(ChangePlan plan, SchemaChange change, NamedObject parent)
    {
        if (change.FromObject is null)
        {
            var (safety, note) = Risk(change.ToObject!, parent);
            MemberStatements.Add(plan, change, parent, change.ToObject!, Reverse(parent, change.ToObject!), safety, note);
        }
        else if (change.ToObject is null)
        {
            MemberStatements.Drop(plan, change, parent.Name, change.FromObject, MemberStatements.NameOf(change.FromObject));
        }
        else if (IsRemade(change))
        {
            var (safety, note) = Risk(change.ToObject, parent);
            MemberStatements.Drop(plan, change, parent.Name, change.FromObject, MemberStatements.NameOf(change.ToObject));
            MemberStatements.Add(plan, change, parent, change.ToObject, null, safety, note);
        }
        else if (change.Kind == ChangeKind.AlterConstraintState && change.ToObject is Constraint constraint)
        {
            plan.Add(
                PlanPhase.States,
                change,
                $"{TableWriter.Alter(parent.Name)} VALIDATE CONSTRAINT {SqlIdentifier.Quote(constraint.Name)}",
                null,
                ChangeSafety.NeedsBackfill,
                $"Rows that break {constraint.Name} must be mended first.");
        }
        else if (change.Kind == ChangeKind.AlterConstraintState)
        {
            var (kind, name, state, old) = change switch
            {
                { ToObject: Trigger to, FromObject: Trigger from } => ("TRIGGER", to.Name, to.State, from.State),
                { ToObject: RewriteRule to, FromObject: RewriteRule from } => ("RULE", to.Name, to.State, from.State),
                _ => default,
            };
            plan.Add(
                PlanPhase.States,
                change,
                $"{TableWriter.Alter(parent.Name)} {TriggerWriter.Switch(kind, name, state)}",
                $"{TableWriter.Alter(parent.Name)} {TriggerWriter.Switch(kind, name, old)}");
        }
    }

    private static (ChangeSafety, string?) Risk(SchemaObject item, NamedObject parent) => item switch
    {
        KeyConstraint or Index { IsUnique: true } or ExclusionConstraint =>
            (ChangeSafety.NeedsBackfill, $"Rows of {parent.Name.Name} that are not unique under {MemberStatements.NameOf(item)} must be mended first."),
        ForeignKey { IsValidated: true } key =>
            (ChangeSafety.NeedsBackfill, $"Rows of {parent.Name.Name} that refer to no row of {key.ReferencedTable.Name} must be mended first."),
        CheckConstraint { IsValidated: true } check =>
            (ChangeSafety.NeedsBackfill, $"Rows of {parent.Name.Name} that break {check.Name} must be mended first."),
        _ => (ChangeSafety.Safe, null),
    };

    private static string? Reverse(NamedObject parent, SchemaObject item)
    {
        var table = SqlIdentifier.Quote(parent.Name);
        var name = SqlIdentifier.Quote(MemberStatements.NameOf(item));
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
}
