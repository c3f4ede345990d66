using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Functions, types and sequences that are altered in place, and extensions and schemas.</summary>
internal static class ObjectChanges
{
    internal static void Plan(ChangePlan plan)
    {
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AlterFunction, FromObject: Function from, ToObject: Function to } when !plan.IsMade(ObjectKey.Of(to)):
                    plan.Add(PlanPhase.Prepare, change, "SET check_function_bodies = off");
                    plan.Add(new Operation(PlanPhase.ReplaceFunctions, change, FunctionWriter.Create(to, replace: true))
                    {
                        Reverse = FunctionWriter.Create(from, replace: true),
                        Alters = [ObjectKey.Of(to)],
                    });
                    break;
                case { Kind: ChangeKind.AlterDomain, FromObject: DomainType from, ToObject: DomainType to } when !plan.IsMade(ObjectKey.Of(to)):
                    AlterDomain(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterType, FromObject: CompositeType from, ToObject: CompositeType to } when !plan.IsMade(ObjectKey.Of(to)):
                    AlterComposite(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterSequence, FromObject: Sequence from, ToObject: Sequence to } when from.IsIdentity == to.IsIdentity:
                    AlterSequence(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.DropExtension, FromObject: Extension from }:
                    plan.Add(PlanPhase.DropContainers, change, $"DROP EXTENSION {SqlIdentifier.Quote(from.Name)}", ExtensionWriter.Create(from));
                    break;
                case { Kind: ChangeKind.AlterExtension, FromObject: Extension from, ToObject: Extension to }:
                    AlterExtension(plan, change, from, to);
                    break;
            }
        }

        foreach (var change in plan.Comparison.Changes.Where(c => c is { Kind: ChangeKind.DropSchema, FromObject: Namespace }))
        {
            var name = ((Namespace)change.FromObject!).Name;
            plan.Add(PlanPhase.DropContainers, change, $"DROP SCHEMA {SqlIdentifier.Quote(name)}", NamespaceWriter.Create(name));
        }
    }

    /// <summary>Whether a function can't be replaced in place: PostgreSQL keeps kind, result, and the names and modes of arguments.</summary>
    internal static bool IsRemade(Function from, Function to) =>
        from.Kind != to.Kind || from.Returns != to.Returns || from.Arguments.Length != to.Arguments.Length
        ||
            from.Arguments.Zip(to.Arguments).Any(p => p.First.Mode != p.Second.Mode || p.First.Name != p.Second.Name || p.First.Type != p.Second.Type ||
                (p.First.Default is not null && p.Second.Default is null));

    /// <summary>Whether a composite type can't be altered in place: attributes are added behind the others, so what is left of the old ones must stand in
    /// front, in its order and with its types.</summary>
    internal static bool IsRemade(CompositeType from, CompositeType to)
    {
        var kept = Kept(from, to);
        return !kept.SequenceEqual(to.Attributes.Take(kept.Count).Select(a => a.Name)) ||
            from.Attributes.Any(a => to.Attributes.Any(t => t.Name == a.Name && (t.Type != a.Type || t.Collation != a.Collation)));
    }

    /// <summary>Whether a domain can't be altered in place.</summary>
    /// <param name="from">In FROM.</param>
    /// <param name="to">In TO.</param>
    /// <param name="isNested">Whether it is held inside arrays, composite types or ranges, where PostgreSQL does not look at values.</param>
    internal static bool IsRemade(DomainType from, DomainType to, bool isNested) =>
        from.BaseType != to.BaseType || from.Collation != to.Collation ||
            (isNested && ((to.NotNull && !from.NotNull) || to.Checks.Any(c => !from.Checks.Any(f => Same(c, f)))));

    /// <summary>The checks of a domain that go or change, and null for its default where that does; and whether TO has them too.</summary>
    internal static IEnumerable<(CheckConstraint? Check, bool IsInTo)> ChangedParts(DomainType from, DomainType to)
    {
        if (from.Default is not null && from.Default.Text != to.Default?.Text)
        {
            yield return (null, to.Default is not null);
        }

        foreach (var check in from.Checks.Where(c => !to.Checks.Any(t => Same(c, t))))
        {
            yield return (check, to.Checks.Any(t => t.Name == check.Name));
        }
    }

    private static bool Same(CheckConstraint a, CheckConstraint b) => a.Name == b.Name && a.Expression.Text == b.Expression.Text && a.IsValidated == b.IsValidated;

    private static List<string> Kept(CompositeType from, CompositeType to) =>
        [.. from.Attributes.Where(a => to.Attributes.Any(t => t.Name == a.Name)).Select(a => a.Name)];

    private static void AlterDomain(ChangePlan plan, SchemaChange change, DomainType from, DomainType to)
    {
        if (from.NotNull != to.NotNull)
        {
            plan.Add(
                PlanPhase.SetNotNull,
                change,
                $"ALTER DOMAIN {SqlIdentifier.Quote(to.Name)} {(to.NotNull ? "SET" : "DROP")} NOT NULL",
                safety: to.NotNull ? ChangeSafety.NeedsBackfill : ChangeSafety.Safe);
        }
    }

    private static void AlterComposite(ChangePlan plan, SchemaChange change, CompositeType from, CompositeType to)
    {
        var kept = Kept(from, to);
        var alter = $"ALTER TYPE {SqlIdentifier.Quote(to.Name)}";
        foreach (var attribute in from.Attributes.Where(a => !kept.Contains(a.Name)))
        {
            plan.Add(new Operation(PlanPhase.AlterColumns, change, $"{alter} DROP ATTRIBUTE {SqlIdentifier.Quote(attribute.Name)}")
            {
                Reverse = $"{alter} ADD ATTRIBUTE {CompositeTypeWriter.Attribute(attribute)}",
                Safety = ChangeSafety.Destructive,
                Alters = [ObjectKey.Of(to)],
            });
        }

        foreach (var attribute in to.Attributes.Where(a => !kept.Contains(a.Name)))
        {
            plan.Add(new Operation(PlanPhase.AlterColumns, change, $"{alter} ADD ATTRIBUTE {CompositeTypeWriter.Attribute(attribute)}")
            {
                Reverse = $"{alter} DROP ATTRIBUTE {SqlIdentifier.Quote(attribute.Name)}",
                Alters = [ObjectKey.Of(to)],
            });
        }
    }

    private static void AlterSequence(ChangePlan plan, SchemaChange change, Sequence from, Sequence to)
    {
        plan.Add(PlanPhase.Sequences, change, SequenceWriter.Alter(to), SequenceWriter.Alter(@from with { Name = to.Name }));
        if (from.Persistence != to.Persistence)
        {
            plan.Add(
                PlanPhase.Sequences,
                change,
                $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} SET {(to.Persistence == Persistence.Unlogged ? "UNLOGGED" : "LOGGED")}");
        }

        var owner = from.OwnedByTable is { } table ? (plan.NameOf(table), plan.Names.Column(table, from.OwnedByColumn!)) : default;
        if (to.IsIdentity || owner == (to.OwnedByTable!, to.OwnedByColumn!))
        {
            return;
        }

        if (from.OwnedByTable is not null)
        {
            // A sequence that belongs to a column goes with it, and moves to no table of another schema.
            var column = ObjectKey.Of(ObjectKind.Column, owner.Item1, owner.Item2);
            plan.Add(new Operation(PlanPhase.DropPublications, change, $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} OWNED BY NONE")
            {
                Before = [column, ObjectKey.Of(ObjectKind.Table, owner.Item1)],
            });
        }

        if (SequenceWriter.Own(to) is { } own)
        {
            plan.Add(new Operation(PlanPhase.SetNotNull, change, own) { After = [ObjectKey.Of(ObjectKind.Column, to.OwnedByTable!, to.OwnedByColumn!)] });
        }
    }

    private static void AlterExtension(ChangePlan plan, SchemaChange change, Extension from, Extension to)
    {
        var alter = $"ALTER EXTENSION {SqlIdentifier.Quote(to.Name)}";
        if (to.Schema is { } schema && from.Schema != schema)
        {
            plan.Add(
                PlanPhase.Prepare,
                change,
                $"{alter} SET SCHEMA {SqlIdentifier.Quote(schema)}",
                from.Schema is null ? null : $"{alter} SET SCHEMA {SqlIdentifier.Quote(from.Schema)}");
        }

        if (to.Version is { } version && from.Version != version)
        {
            plan.Add(PlanPhase.Prepare, change, $"{alter} UPDATE TO {SqlLiteral.Quote(version)}");
        }
    }
}
