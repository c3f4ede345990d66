using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Enum values are added in place. PostgreSQL can't remove one, so for that the type is made again (<see cref="TypeRebuild"/>); nor can it move one, and
/// the order of values alone is not worth turning over every column.
/// </summary>
internal static class EnumChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            if (change is { Kind: ChangeKind.AddEnumValue, FromParent: EnumType from, ToParent: EnumType to, ToObject: EnumValue value } && !plan.IsMade(ObjectKey.Of(to)))
            {
                plan.Add(new Operation(PlanPhase.Enums, change, $"ALTER TYPE {SqlIdentifier.Quote(to.Name)} ADD VALUE {SqlLiteral.Quote(change.To!)}{Place(plan, from, to, value)}")
                {
                    MustBeCommitted = true,
                    Alters = [ObjectKey.Of(to)],
                });
            }
            else if (change is { Kind: ChangeKind.AlterEnumOrder, ToObject: EnumType type } && !plan.IsMade(ObjectKey.Of(type)))
            {
                plan.Add(PlanPhase.Enums, change, "", note: $"The values of {type.Name.Name} are in a different order. The order is left as it is, because PostgreSQL cannot change it without creating the type again.");
            }
        }
    }

    /// <summary>Behind the value before it, which is there when its turn comes; the first stands before the first that stays.</summary>
    private static string Place(ChangePlan plan, EnumType from, EnumType to, EnumValue added)
    {
        var index = to.Values.IndexOf(added);
        if (index > 0)
        {
            return $" AFTER {SqlLiteral.Quote(to.Values[index - 1].Name)}";
        }

        var renamed = plan.Comparison.Changes.Where(c => c.Kind == ChangeKind.RenameEnumValue && ReferenceEquals(c.FromParent, from)).Select(c => c.To).ToHashSet();
        var next = to.Values.Skip(1).FirstOrDefault(v => renamed.Contains(v.Name) || from.Values.Any(f => f.Name == v.Name));
        return next is null ? "" : $" BEFORE {SqlLiteral.Quote(next.Name)}";
    }
}
