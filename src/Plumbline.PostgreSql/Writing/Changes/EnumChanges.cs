using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// Enum values can be added in place. PostgreSQL can neither remove nor move one, so for that the type is made again and every column is turned over.
/// </summary>
internal static class EnumChanges
{
    internal static void Plan(ChangePlan plan)
    {
        var changes = plan.Comparison.Changes;
        foreach (var change in changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AddEnum, ToObject: EnumType type }:
                    plan.Add(PlanPhase.Enums, change, EnumWriter.Create(type), $"DROP TYPE {SqlIdentifier.Quote(type.Name)}");
                    break;
                case { Kind: ChangeKind.DropEnum, FromObject: EnumType type }:
                    plan.Add(PlanPhase.DropObjects, change, $"DROP TYPE {SqlIdentifier.Quote(type.Name)}", EnumWriter.Create(type));
                    break;
            }
        }

        foreach (var (from, to, causes) in Pairs(changes))
        {
            if (causes.Find(c => c.Kind is ChangeKind.DropEnumValue or ChangeKind.AlterEnumOrder) is { } cause)
            {
                Rebuild(plan, cause, from, to);
            }
            else
            {
                foreach (var added in causes.Where(c => c.Kind == ChangeKind.AddEnumValue))
                {
                    plan.Add(
                        PlanPhase.Enums, added, $"ALTER TYPE {SqlIdentifier.Quote(to.Name)} ADD VALUE {SqlLiteral.Quote(added.To!)}{Place(from, to, added)}");
                }
            }
        }
    }

    /// <summary>The enums of FROM that are made again, with the changes that ask for it.</summary>
    internal static IEnumerable<(EnumType Type, SchemaChange Cause)> Rebuilt(ChangePlan plan) =>
        from pair in Pairs(plan.Comparison.Changes)
        let cause = pair.Causes.Find(c => c.Kind is ChangeKind.DropEnumValue or ChangeKind.AlterEnumOrder)
        where cause is not null
        select (pair.From, cause);

    private static IEnumerable<(EnumType From, EnumType To, List<SchemaChange> Causes)> Pairs(ImmutableArray<SchemaChange> changes) =>
        changes.Where(c => c.Kind is ChangeKind.AddEnumValue or ChangeKind.DropEnumValue or ChangeKind.AlterEnumOrder)
            .GroupBy(c => ((c.ToParent ?? c.ToObject as NamedObject)!).Name)
            .Select(g => (
                g.Select(c => c.FromParent as EnumType ?? c.FromObject as EnumType).First(e => e is not null)!,
                g.Select(c => c.ToParent as EnumType ?? c.ToObject as EnumType).First(e => e is not null)!,
                g.ToList()));

    /// <summary>Behind the value before it, which is there when its turn comes; the first stands before the first that stays.</summary>
    private static string Place(EnumType from, EnumType to, SchemaChange added)
    {
        var index = to.Values.IndexOf((EnumValue)added.ToObject!);
        if (index > 0)
        {
            // At the end of the type no place need be named, where the one before it is the last.
            return $" AFTER {SqlLiteral.Quote(to.Values[index - 1].Name)}";
        }

        var next = to.Values.Skip(1).FirstOrDefault(v => from.Values.Any(f => f.Name == v.Name));
        return next is null ? "" : $" BEFORE {SqlLiteral.Quote(next.Name)}";
    }

    private static void Rebuild(ChangePlan plan, SchemaChange cause, EnumType from, EnumType to)
    {
        var dropped = from.Values.Select(v => v.Name).Except(to.Values.Select(v => v.Name)).ToList();
        var note = cause.Kind == ChangeKind.DropEnumValue ? $"Rows that hold {string.Join(", ", dropped)} must be given another value first." : null;
        TypeRebuild.Plan(plan, cause, from, to, [EnumWriter.Create(to)], note is null ? ChangeSafety.Safe : ChangeSafety.Destructive, note);
    }
}
