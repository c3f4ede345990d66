using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>Whole objects that go or are altered: tables, functions, types, sequences, extensions, schemas, publications.</summary>
internal static class ObjectChanges
{
    internal static void Plan(ChangePlan plan)
    {
        DropTables(plan);
        DropTypesAndFunctions(plan);
        foreach (var change in plan.Comparison.Changes)
        {
            switch (change)
            {
                case { Kind: ChangeKind.AlterFunction, FromObject: Function from, ToObject: Function to }:
                    AlterFunction(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterDomain, FromObject: DomainType from, ToObject: DomainType to }:
                    AlterDomain(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterType, FromObject: CompositeType from, ToObject: CompositeType to }:
                    AlterComposite(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.AlterType, FromObject: RangeType from, ToObject: RangeType to }:
                    TypeRebuild.Plan(plan, change, from, to, [RangeTypeWriter.Create(to)], ChangeSafety.NeedsBackfill, null);
                    break;
                case { Kind: ChangeKind.AlterSequence, FromObject: Sequence from, ToObject: Sequence to }:
                    AlterSequence(plan, change, from, to);
                    break;
                case { Kind: ChangeKind.DropSequence, FromObject: Sequence from }:
                    plan.Add(
                        PlanPhase.DropSequences,
                        change,
                        $"DROP SEQUENCE {SqlIdentifier.Quote(from.Name)}",
                        SequenceWriter.Create(from),
                        ChangeSafety.Destructive,
                        $"The last number of {from.Name.Name} is lost.");
                    break;
                case { Kind: ChangeKind.DropPublication, FromObject: Publication from }:
                    plan.Add(PlanPhase.DropPublications, change, $"DROP PUBLICATION {SqlIdentifier.Quote(from.Name)}", PublicationWriter.Create(from));
                    break;
                case { Kind: ChangeKind.AlterPublication, FromObject: Publication from, ToObject: Publication to }:
                    plan.Add(PlanPhase.DropPublications, change, $"DROP PUBLICATION {SqlIdentifier.Quote(from.Name)}", PublicationWriter.Create(from));
                    plan.Add(PlanPhase.AddPublications, change, PublicationWriter.Create(to), $"DROP PUBLICATION {SqlIdentifier.Quote(to.Name)}");
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

    private static void DropTables(ChangePlan plan)
    {
        var changes = plan.Comparison.Changes.Where(c => c.Kind is ChangeKind.DropTable or ChangeKind.DropPartition && c.FromObject is Table).ToList();
        var dropped = changes.ToDictionary(c => ((Table)c.FromObject!).Name);
        foreach (var change in changes)
        {
            var table = (Table)change.FromObject!;
            foreach (var key in table.ForeignKeys.Where(k => k.ReferencedTable != table.Name))
            {
                MemberStatements.Drop(plan, change with { FromParent = table }, table.Name, key, key.Name, ChangeSafety.Destructive);
            }

            foreach (var rule in table.Rules)
            {
                MemberStatements.Drop(plan, change with { FromParent = table }, table.Name, rule, rule.Name);
            }
        }

        // A table goes after those that inherit from it or use its row type: the order of making, backwards.
        var order = DependencyOrder.Of(new DatabaseSchema { Tables = [.. changes.Select(c => (Table)c.FromObject!)] }).Objects;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var table = (Table)order[i];
            var cause = dropped[table.Name];
            plan.Add(
                PlanPhase.DropTables,
                cause,
                $"DROP TABLE {SqlIdentifier.Quote(table.Name)}",
                TableWriter.Create(table, SchemaWriter.Identities(plan.From), inherits: true, expressionsLater: false),
                ChangeSafety.Destructive,
                $"The rows of {table.Name.Name} are lost.");
        }
    }

    private static void DropTypesAndFunctions(ChangePlan plan)
    {
        var changes = plan.Comparison.Changes.Where(c => c.ToObject is null && c.FromObject is Function or CompositeType or DomainType or RangeType)
            .DistinctBy(c => c.FromObject)
            .ToList();
        var part = new DatabaseSchema
        {
            Functions = [.. changes.Select(c => c.FromObject).OfType<Function>()],
            CompositeTypes = [.. changes.Select(c => c.FromObject).OfType<CompositeType>()],
            Domains = [.. changes.Select(c => c.FromObject).OfType<DomainType>()],
            RangeTypes = [.. changes.Select(c => c.FromObject).OfType<RangeType>()],
        };
        var causes = changes.ToDictionary(c => c.FromObject!, (IEqualityComparer<SchemaObject>)ReferenceEqualityComparer.Instance);
        var tables = plan.Comparison.Changes.Where(c => c.Kind is ChangeKind.DropTable or ChangeKind.DropPartition)
            .Select(c => c.FromObject)
            .OfType<Table>()
            .Select(t => t.Name.Name)
            .ToHashSet();
        var order = DependencyOrder.Of(part).Objects;
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var (sql, reverse) = order[i] switch
            {
                Function function => ($"DROP {FunctionWriter.Reference(function)}", FunctionWriter.Create(function)),
                DomainType domain => ($"DROP DOMAIN {SqlIdentifier.Quote(domain.Name)}", DomainWriter.Create(domain).First()),
                CompositeType type => ($"DROP TYPE {SqlIdentifier.Quote(type.Name)}", CompositeTypeWriter.Create(type)),
                RangeType range => ($"DROP TYPE {SqlIdentifier.Quote(range.Name)}", RangeTypeWriter.Create(range)),
                _ => ("", ""),
            };

            // A function of a table's row type goes before the table; others go after what calls them.
            var early = order[i] is Function && DependencyNames.Hard(order[i]).Any(tables.Contains);
            plan.Add(early ? PlanPhase.DropConstraints : PlanPhase.DropObjects, causes[order[i]], sql, reverse);
        }
    }

    private static void AlterFunction(ChangePlan plan, SchemaChange change, Function from, Function to)
    {
        plan.Add(PlanPhase.Prepare, change, "SET check_function_bodies = off");
        if (!IsRemade(from, to))
        {
            plan.Add(PlanPhase.ReplaceFunctions, change, FunctionWriter.Create(to, replace: true), FunctionWriter.Create(from, replace: true));
            return;
        }

        plan.Add(PlanPhase.DropTables, change, $"DROP {FunctionWriter.Reference(from)}", FunctionWriter.Create(from));
        plan.Add(PlanPhase.ReplaceFunctions, change, FunctionWriter.Create(to), $"DROP {FunctionWriter.Reference(to)}");
        SettingChanges.Dress(plan, change, to);
    }

    private static void AlterDomain(ChangePlan plan, SchemaChange change, DomainType from, DomainType to)
    {
        if (from.BaseType != to.BaseType || from.Collation != to.Collation)
        {
            TypeRebuild.Plan(plan, change, from, to, DomainWriter.Create(to), ChangeSafety.NeedsBackfill, null);
            return;
        }

        var alter = $"ALTER DOMAIN {SqlIdentifier.Quote(to.Name)}";
        if (from.Default?.Text != to.Default?.Text)
        {
            plan.Add(PlanPhase.ReplaceFunctions, change, to.Default is { } value ? $"{alter} SET DEFAULT {value.Text}" : $"{alter} DROP DEFAULT");
        }

        if (from.NotNull != to.NotNull)
        {
            plan.Add(
                PlanPhase.SetNotNull,
                change,
                to.NotNull ? $"{alter} SET NOT NULL" : $"{alter} DROP NOT NULL",
                safety: to.NotNull ? ChangeSafety.NeedsBackfill : ChangeSafety.Safe);
        }

        foreach (var check in from.Checks.Where(c => !to.Checks.Any(t => Same(c, t))))
        {
            plan.Add(
                PlanPhase.DropConstraints,
                change,
                $"{alter} DROP CONSTRAINT {SqlIdentifier.Quote(check.Name)}",
                $"{alter} ADD {ConstraintWriter.Check(check)}");
        }

        foreach (var check in to.Checks.Where(c => !from.Checks.Any(f => Same(c, f))))
        {
            plan.Add(
                PlanPhase.AddConstraints,
                change,
                $"{alter} ADD {ConstraintWriter.Check(check)}",
                $"{alter} DROP CONSTRAINT {SqlIdentifier.Quote(check.Name)}",
                ChangeSafety.NeedsBackfill);
        }

        static bool Same(CheckConstraint a, CheckConstraint b) => a.Name == b.Name && a.Expression.Text == b.Expression.Text && a.IsValidated == b.IsValidated;
    }

    private static void AlterComposite(ChangePlan plan, SchemaChange change, CompositeType from, CompositeType to)
    {
        // Attributes are added behind the others, so what is left of the old ones must stand in front and in its order.
        var kept = from.Attributes.Where(a => to.Attributes.Any(t => t.Name == a.Name)).Select(a => a.Name).ToList();
        var retyped = from.Attributes.Where(a => to.Attributes.Any(t => t.Name == a.Name && (t.Type != a.Type || t.Collation != a.Collation))).ToList();
        if (!kept.SequenceEqual(to.Attributes.Take(kept.Count).Select(a => a.Name)) || retyped.Count > 0)
        {
            TypeRebuild.Plan(
                plan,
                change,
                from,
                to,
                [CompositeTypeWriter.Create(to)],
                ChangeSafety.Destructive,
                $"Values of {to.Name.Name} are read again attribute by attribute.");
            return;
        }

        var alter = $"ALTER TYPE {SqlIdentifier.Quote(to.Name)}";
        foreach (var attribute in from.Attributes.Where(a => !kept.Contains(a.Name)))
        {
            plan.Add(
                PlanPhase.AlterColumns,
                change,
                $"{alter} DROP ATTRIBUTE {SqlIdentifier.Quote(attribute.Name)}",
                $"{alter} ADD ATTRIBUTE {CompositeTypeWriter.Attribute(attribute)}",
                ChangeSafety.Destructive);
        }

        foreach (var attribute in to.Attributes.Where(a => !kept.Contains(a.Name)))
        {
            plan.Add(
                PlanPhase.AlterColumns,
                change,
                $"{alter} ADD ATTRIBUTE {CompositeTypeWriter.Attribute(attribute)}",
                $"{alter} DROP ATTRIBUTE {SqlIdentifier.Quote(attribute.Name)}");
        }
    }

    private static void AlterSequence(ChangePlan plan, SchemaChange change, Sequence from, Sequence to)
    {
        var moved = from.Name with { Schema = to.Name.Schema };

        // With its table a sequence moves by itself.
        if (from.Name.Schema != to.Name.Schema && (from.OwnedByTable is not { } owner || plan.NameOf(owner).Schema == owner.Schema))
        {
            plan.Add(
                PlanPhase.Sequences,
                change,
                $"ALTER SEQUENCE {SqlIdentifier.Quote(from.Name)} SET SCHEMA {SqlIdentifier.Quote(to.Name.Schema)}",
                $"ALTER SEQUENCE {SqlIdentifier.Quote(moved)} SET SCHEMA {SqlIdentifier.Quote(from.Name.Schema)}");
        }

        if (from.Name.Name != to.Name.Name)
        {
            plan.Add(
                PlanPhase.Sequences,
                change,
                $"ALTER SEQUENCE {SqlIdentifier.Quote(moved)} RENAME TO {SqlIdentifier.Quote(to.Name.Name)}",
                $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} RENAME TO {SqlIdentifier.Quote(from.Name.Name)}");
        }

        plan.Add(PlanPhase.Sequences, change, SequenceWriter.Alter(to), SequenceWriter.Alter(@from with { Name = to.Name }));
        if (from.Persistence != to.Persistence)
        {
            plan.Add(
                PlanPhase.Sequences,
                change,
                $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} SET {(to.Persistence == Persistence.Unlogged ? "UNLOGGED" : "LOGGED")}");
        }

        if (!to.IsIdentity && (from.OwnedByTable is null) != (to.OwnedByTable is null) || from.OwnedByColumn != to.OwnedByColumn)
        {
            plan.Add(PlanPhase.SetNotNull, change, SequenceWriter.Own(to) ?? $"ALTER SEQUENCE {SqlIdentifier.Quote(to.Name)} OWNED BY NONE");
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
