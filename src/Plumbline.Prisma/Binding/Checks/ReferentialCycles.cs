using Plumbline.Prisma.Binding.Symbols;

namespace Plumbline.Prisma.Binding.Checks;

/// <summary>
/// Relations whose actions run in a circle (Prisma documentation, "Referential actions", "Special rules"). PostgreSQL itself has no trouble with them; the
/// client, which
/// carries the actions out where there are no foreign keys, has.
/// </summary>
internal static class ReferentialCycles
{
    private const string ReadMore = " Read more at https://pris.ly/d/cyclic-referential-actions";

    /// <summary>Checks the relations that can be reached from one.</summary>
    public static void Check(SchemaChecks checks, Relation relation)
    {
        if (!checks.IsPostgreSql || checks.RelationMode != RelationMode.Prisma)
        {
            return;
        }

        var visited = new HashSet<Relation>();
        var next = new Stack<Step>([new Step(relation, null)]);
        while (next.TryPop(out var step) && checks.SpendStep())
        {
            visited.Add(step.Relation);
            if (!TriggersModification(OnDelete(step.Relation)) && !TriggersModification(OnUpdate(step.Relation)))
            {
                continue;
            }

            var target = step.Relation.ModelB;
            if (step.Relation.IsSelfRelation)
            {
                Report(
                    checks,
                    relation,
                    "A self-relation must have `onDelete` and `onUpdate` referential actions set to `NoAction` in one of the @relation attributes.");
                return;
            }

            if (ReferenceEquals(target, relation.ModelA))
            {
                Report(
                    checks,
                    relation,
                    "Reference causes a cycle. One of the @relation attributes in this cycle must have `onDelete` and `onUpdate` referential actions set to `NoAction`. "
                        + $"Cycle path: {step}.");
                return;
            }

            foreach (var following in checks.RelationsFrom[target].Where(r => !visited.Contains(r)))
            {
                next.Push(new Step(following, step));
            }
        }
    }

    private static ReferentialAction OnDelete(Relation relation)
    {
        if (relation.OnDelete is { } action)
        {
            return action;
        }

        var isRequired = relation.ReferencingFields.Any(f => f.Arity == FieldArity.Required) || relation.FieldA!.Arity == FieldArity.Required;
        return isRequired ? ReferentialAction.Restrict : ReferentialAction.SetNull;
    }

    private static ReferentialAction OnUpdate(Relation relation) => relation.OnUpdate ?? ReferentialAction.Cascade;

    private static bool TriggersModification(ReferentialAction action) => action is not (ReferentialAction.NoAction or ReferentialAction.Restrict);

    private static void Report(SchemaChecks checks, Relation relation, string message)
    {
        var onDelete = relation.OnDelete is null && TriggersModification(OnDelete(relation)) ? $"`onDelete`: `{OnDelete(relation)}`" : null;
        var onUpdate = relation.OnUpdate is null ? $"`onUpdate`: `{OnUpdate(relation)}`" : null;
        var defaults = (onDelete, onUpdate) switch
        {
            ({ }, { }) => $" (Implicit default {onDelete}, and {onUpdate})",
            (null, null) => "",
            _ => $" (Implicit default {onDelete ?? onUpdate})",
        };
        checks.Invalid(relation.FieldA!.Source, relation.FieldA.Syntax.Span, message + defaults + ReadMore);
    }

    // A step of the way and what came before it; the whole way is written out only where it is a circle.
    private sealed record Step(Relation Relation, Step? Before)
    {
        public override string ToString()
        {
            var fields = new Stack<string>();
            for (var step = this; step is not null; step = step.Before)
            {
                fields.Push(step.Relation.FieldA!.ToString());
            }

            return string.Join(" → ", fields);
        }
    }
}
