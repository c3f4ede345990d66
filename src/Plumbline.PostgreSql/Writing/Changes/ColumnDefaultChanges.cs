using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Defaults of columns and domains. A default that is set on a parent is set on its children too, unless the statement says otherwise.</summary>
internal static class ColumnDefaultChanges
{
    internal static void Drop(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        if (FollowsParent(plan, node.Key))
        {
            return;
        }

        var column = $"{Alter(plan, node.Key)} ALTER COLUMN {SqlIdentifier.Quote(node.Key.Member)}";
        plan.Add(new Operation(PlanPhase.DropDefaults, cause, $"{column} DROP DEFAULT")
        {
            Reverse = $"{column} SET DEFAULT {((Column)node.Item).Default?.Text}",
            Drops = [node.Key, .. Followers(plan, node.Key)],
        });
    }

    internal static void Add(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        if (node.Item is DomainType domain)
        {
            if (!plan.IsMade(node.Owner!))
            {
                plan.Add(new Operation(PlanPhase.SetDefaults, cause, $"ALTER DOMAIN {SqlIdentifier.Quote(domain.Name)} SET DEFAULT {domain.Default!.Text}") { Makes = [node.Key] });
            }

            return;
        }

        if (plan.IsMade(node.Owner!) || node.Item is Column { Generated: not null } || FollowsParent(plan, node.Key))
        {
            return;
        }

        Set(plan, node.Key, (Column)node.Item, cause, plan.FromGraph.Find(node.Key)?.Item as Column);
    }

    /// <summary>Gives a column of a child the default that it has, where its parent's is another.</summary>
    internal static void Set(ChangePlan plan, ObjectKey key, Column column, SchemaChange cause, Column? old)
    {
        var alter = $"{Alter(plan, key)} ALTER COLUMN {SqlIdentifier.Quote(column.Name)}";
        plan.Add(new Operation(
            column.Default is null ? PlanPhase.DropDefaults : PlanPhase.SetDefaults, cause, column.Default is { } value ? $"{alter} SET DEFAULT {value.Text}" : $"{alter} DROP DEFAULT")
        {
            Reverse = old?.Default is { } previous ? $"{alter} SET DEFAULT {previous.Text}" : $"{alter} DROP DEFAULT",
            Makes = [key, .. Followers(plan, key)],
            After = [key with { Kind = ObjectKind.Column }],
        });
    }

    private static string Alter(ChangePlan plan, ObjectKey key) =>
        IsShared(plan, key) ? TableWriter.Alter(key.Name) : $"ALTER TABLE ONLY {SqlIdentifier.Quote(key.Name)}";

    /// <summary>Whether a parent's statement says all there is to say of a child's default.</summary>
    private static bool FollowsParent(ChangePlan plan, ObjectKey key) =>
        plan.Families.Parents(key.Name).Select(p => key with { Name = p }).Any(p =>
            plan.ToGraph.Find(p with { Kind = ObjectKind.Column }) is not null && IsShared(plan, p) && (plan.Fates.Goes(p) || plan.IsMade(p) || FollowsParent(plan, p)));

    /// <summary>Whether all children have the default of their parent.</summary>
    private static bool IsShared(ChangePlan plan, ObjectKey key)
    {
        var own = DefaultOf(plan, key);
        return plan.Families.Descendants(key.Name).All(d => DefaultOf(plan, key with { Name = d }) == own);
    }

    private static string? DefaultOf(ChangePlan plan, ObjectKey key) => (plan.ToGraph.Find(key with { Kind = ObjectKind.Column })?.Item as Column)?.Default?.Text;

    private static IEnumerable<ObjectKey> Followers(ChangePlan plan, ObjectKey key) =>
        IsShared(plan, key) ? plan.Families.Descendants(key.Name).Select(d => key with { Name = d }) : [];
}
