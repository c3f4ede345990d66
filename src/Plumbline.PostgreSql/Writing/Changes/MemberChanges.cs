using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>States of constraints, triggers and rules that stay.</summary>
internal static class MemberChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            if (change is { Kind: ChangeKind.AlterConstraintState, ToParent: { } parent, FromObject: { } from } && plan.Raw.Find(from, change.FromParent) is { } node && !plan.Fates.Goes(plan.Names.Key(node)))
            {
                Switch(plan, change, parent);
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

    private static void Switch(ChangePlan plan, SchemaChange change, NamedObject parent)
    {
        if (change.ToObject is Constraint constraint)
        {
            plan.Add(
                PlanPhase.States,
                change,
                $"{TableWriter.Alter(parent.Name)} VALIDATE CONSTRAINT {SqlIdentifier.Quote(constraint.Name)}",
                null,
                ChangeSafety.NeedsBackfill,
                $"First clean up rows that violate {constraint.Name}.");
            return;
        }

        var (kind, name, state, old) = change switch
        {
            { ToObject: Trigger to, FromObject: Trigger from } => ("TRIGGER", to.Name, to.State, from.State),
            { ToObject: RewriteRule to, FromObject: RewriteRule from } => ("RULE", to.Name, to.State, from.State),
            _ => default,
        };
        plan.Add(
            PlanPhase.States,
            change,
            $"{MemberStatements.AlterOnly(parent)} {TriggerWriter.Switch(kind, name, state)}",
            $"{MemberStatements.AlterOnly(parent)} {TriggerWriter.Switch(kind, name, old)}");
    }
}
