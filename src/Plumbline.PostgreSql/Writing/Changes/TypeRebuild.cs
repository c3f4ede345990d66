using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>
/// A type that PostgreSQL can't alter in place is made again under its name. Where columns hold it, the old one waits under another name until they are
/// turned over (<see cref="ColumnTypeChange"/>).
/// </summary>
internal static class TypeRebuild
{
    internal static void Plan(ChangePlan plan, DependencyNode node, SchemaChange cause)
    {
        var old = plan.FromGraph.Find(node.Key)!;
        var (safety, note) = Risk(cause, old.Item, node.Item);
        if (old.Item is RangeType || !IsHeld(plan, node.Key))
        {
            Removals.DropType(plan, old, cause, PlanPhase.Enums);
            Create(plan, node, cause, reverse: false);
            return;
        }

        var kind = node.Item is DomainType ? "DOMAIN" : "TYPE";
        var oldKind = old.Item is DomainType ? "DOMAIN" : "TYPE";
        var waiting = plan.Temporary(node.Key.Name);
        plan.Add(new Operation(PlanPhase.Enums, cause, $"ALTER {oldKind} {SqlIdentifier.Quote(node.Key.Name)} RENAME TO {SqlIdentifier.Quote(waiting.Name)}")
        {
            Alters = [node.Key],
            BeforeMaking = [node.Key],
            Frees = [node.Key.Name],
        });
        Create(plan, node, cause, reverse: false);
        plan.Add(new Operation(PlanPhase.DropObjects, cause, $"DROP {kind} {SqlIdentifier.Quote(waiting)}")
        {
            Safety = safety,
            Note = note,
            Discards = [node.Key],
        });
    }

    /// <summary>Whether columns that stay hold a type, or hold one that is made of it.</summary>
    private static bool IsHeld(ChangePlan plan, ObjectKey type) => plan.FromGraph.Users(type).Any(u => u.Key.Kind switch
    {
        ObjectKind.Column => plan.Fates.Of(u.Key) == Fate.Retyped || (plan.Fates.Of(u.Owner!) == Fate.Remade && TableRebuild.IsCopied(plan, plan.FromGraph.Find(u.Owner!)!)),
        ObjectKind.Type => IsHeld(plan, u.Key),
        _ => false,
    });

    internal static void Create(ChangePlan plan, DependencyNode node, SchemaChange cause, bool reverse)
    {
        var (kind, statements) = node.Item switch
        {
            EnumType type => ("TYPE", [EnumWriter.Create(type)]),
            CompositeType type => ("TYPE", [CompositeTypeWriter.Create(type)]),
            RangeType type => ("TYPE", [RangeTypeWriter.Create(type)]),
            DomainType domain => ("DOMAIN", DomainWriter.Create(domain)),
            _ => ("", (IEnumerable<string>)[]),
        };
        var undo = reverse ? $"DROP {kind} {SqlIdentifier.Quote(node.Key.Name)}" : null;
        foreach (var statement in statements)
        {
            plan.Add(new Operation(node.Item is EnumType ? PlanPhase.Enums : PlanPhase.Create, cause, statement)
            {
                Reverse = undo,
                Makes = [node.Key, .. plan.ToGraph.Users(node.Key).Where(u => u.Owner == node.Key).Select(u => u.Key)],
                Takes = [node.Key.Name],
            });
            undo = null;
        }
    }

    /// <summary>What turning the columns of a type over may do to their rows.</summary>
    internal static (ChangeSafety Safety, string? Note) Risk(SchemaChange cause, SchemaObject from, SchemaObject to)
    {
        if (from is EnumType old && to is EnumType @new)
        {
            var dropped = old.Values.Select(v => v.Name).Except(@new.Values.Select(v => v.Name)).ToList();
            return dropped.Count > 0 && cause.Kind == ChangeKind.DropEnumValue
                ? (ChangeSafety.Destructive, $"Rows that hold {string.Join(", ", dropped)} must be given another value first.")
                : (ChangeSafety.Safe, null);
        }

        return (from, to) switch
        {
            (CompositeType a, CompositeType b) when ReferenceEquals(cause.ToObject, b) && !a.Attributes.SequenceEqual(b.Attributes) =>
                (ChangeSafety.Destructive, $"Values of {b.Name.Name} are read again attribute by attribute."),
            (DomainType a, DomainType b) when (b.NotNull && !a.NotNull) || b.Checks.Any(c => !a.Checks.Any(o => o.Expression.Text == c.Expression.Text)) =>
                (ChangeSafety.NeedsBackfill, $"Values that {b.Name.Name} does not allow must be changed first."),
            (NamedObject a, NamedObject b) when ReferenceEquals(cause.FromObject, a) => (ChangeSafety.NeedsBackfill, $"Values that can't be read as {b.Name.Name} must be changed first."),
            _ => (ChangeSafety.Safe, null),
        };
    }
}
