using System.Collections.Immutable;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Writing.Changes;

/// <summary>What is new as a whole: types, sequences, functions, tables with all that hangs on them.</summary>
internal static class NewObjects
{
    internal static void Plan(ChangePlan plan)
    {
        var causes = new Dictionary<SchemaObject, SchemaChange>((IEqualityComparer<SchemaObject>)ReferenceEqualityComparer.Instance);
        foreach (var change in plan.Comparison.Changes)
        {
            if (change.FromObject is null && change.ToObject is { } item && change.Kind != ChangeKind.AddComment)
            {
                causes[item] = change;
            }
        }

        foreach (var change in causes.Values)
        {
            switch (change.ToObject)
            {
                case Namespace schema:
                    plan.Add(
                        PlanPhase.Prepare,
                        change,
                        NamespaceWriter.Create(schema.Name).Replace("SCHEMA ", "SCHEMA IF NOT EXISTS ", StringComparison.Ordinal),
                        $"DROP SCHEMA {SqlIdentifier.Quote(schema.Name)}");
                    break;
                case Extension extension:
                    plan.Add(PlanPhase.Prepare, change, ExtensionWriter.Create(extension), $"DROP EXTENSION {SqlIdentifier.Quote(extension.Name)}");
                    break;
                case Publication publication:
                    plan.Add(
                        PlanPhase.AddPublications, change, PublicationWriter.Create(publication), $"DROP PUBLICATION {SqlIdentifier.Quote(publication.Name)}");
                    break;
            }
        }

        var to = plan.To;
        ImmutableArray<T> New<T>(ImmutableArray<T> items)
            where T : SchemaObject => [.. items.Where(causes.ContainsKey)];
        var tables = New(to.Tables);
        var columns = causes.Values.Where(c => c.Kind == ChangeKind.AddColumn).Select(c => (c.ToParent!.Name, ((Column)c.ToObject!).Name)).ToHashSet();
        var names = tables.Select(t => t.Name).ToHashSet();

        // A serial column brings its sequence; one behind a column that stays comes after the column is ready for it.
        bool ComesWithOwner(Sequence s) => !s.IsIdentity && s.OwnedByTable is { } t && (names.Contains(t) || columns.Contains((t, s.OwnedByColumn ?? "")));
        var sequences = to.Sequences.Where(s => ComesWithOwner(s) || (causes.ContainsKey(s) && s.OwnedByTable is null)).ToImmutableArray();
        var part = new DatabaseSchema
        {
            CompositeTypes = New(to.CompositeTypes),
            Domains = New(to.Domains),
            RangeTypes = New(to.RangeTypes),
            Functions = New(to.Functions),
            Tables = tables,
            Sequences = sequences,
        };
        Create(plan, part, causes);
        foreach (var change in causes.Values.Where(c => c.Kind == ChangeKind.AddSequence && !sequences.Contains((Sequence)c.ToObject!)))
        {
            var sequence = (Sequence)change.ToObject!;
            plan.Add(PlanPhase.Sequences, change, SequenceWriter.Create(sequence), $"DROP SEQUENCE {SqlIdentifier.Quote(sequence.Name)}");
            Own(plan, change, sequence);
        }

        foreach (var table in tables)
        {
            Hang(plan, part, table, causes[table]);
        }
    }

    private static void Create(ChangePlan plan, DatabaseSchema part, Dictionary<SchemaObject, SchemaChange> causes)
    {
        var (objects, later) = DependencyOrder.Of(part);
        if (part.Functions.Length > 0)
        {
            plan.Add(PlanPhase.Prepare, causes[part.Functions[0]], "SET check_function_bodies = off");
        }

        foreach (var item in objects)
        {
            var cause = causes.GetValueOrDefault(item);
            switch (item)
            {
                case CompositeType type:
                    plan.Add(PlanPhase.Create, cause!, CompositeTypeWriter.Create(type), $"DROP TYPE {SqlIdentifier.Quote(type.Name)}");
                    break;
                case RangeType range:
                    plan.Add(PlanPhase.Create, cause!, RangeTypeWriter.Create(range), $"DROP TYPE {SqlIdentifier.Quote(range.Name)}");
                    break;
                case DomainType domain:
                    AddAll(plan, PlanPhase.Create, cause!, DomainWriter.Create(domain), $"DROP DOMAIN {SqlIdentifier.Quote(domain.Name)}");
                    break;
                case Function function:
                    plan.Add(PlanPhase.Create, cause!, FunctionWriter.Create(function), $"DROP {FunctionWriter.Reference(function)}");
                    break;
                case Sequence sequence:
                    cause ??= OwnerOf(plan, sequence);
                    plan.Add(PlanPhase.Create, cause, SequenceWriter.Create(sequence), $"DROP SEQUENCE IF EXISTS {SqlIdentifier.Quote(sequence.Name)}");
                    Own(plan, cause, sequence);
                    break;
                case Table table:
                    AddAll(
                        plan,
                        PlanPhase.Create,
                        cause!,
                        PartitionWriter.Create(table, plan.ToTables, plan.Identities, later.Contains(table)),
                        $"DROP TABLE {SqlIdentifier.Quote(table.Name)}");
                    break;
            }
        }

        foreach (var table in later)
        {
            AddAll(plan, PlanPhase.SetDefaults, causes[table], TableWriter.LaterExpressions(table), null);
        }
    }

    private static SchemaChange OwnerOf(ChangePlan plan, Sequence sequence) =>
        plan.Comparison.Changes.First(c => (c.ToObject is Table table && table.Name == sequence.OwnedByTable) ||
            (c.ToObject is Column column && column.Name == sequence.OwnedByColumn && c.ToParent?.Name == sequence.OwnedByTable));

    private static void Own(ChangePlan plan, SchemaChange cause, Sequence sequence)
    {
        if (SequenceWriter.Own(sequence) is { } own)
        {
            plan.Add(PlanPhase.SetNotNull, cause, own, $"ALTER SEQUENCE {SqlIdentifier.Quote(sequence.Name)} OWNED BY NONE");
        }
    }

    private static void Hang(ChangePlan plan, DatabaseSchema part, Table table, SchemaChange cause)
    {
        AddAll(plan, PlanPhase.AddIndexes, cause, table.Indexes.Select(i => IndexWriter.Create(table.Name, i)), null);
        AddAll(plan, PlanPhase.AddForeignKeys, cause, table.ForeignKeys.Select(k => TableWriter.AddForeignKey(table, k)), null);
        if (table.PartitionOf is not null)
        {
            plan.Add(
                PlanPhase.Settings,
                cause,
                TableWriter.Attach(table),
                $"{TableWriter.Alter(table.PartitionOf)} DETACH PARTITION {SqlIdentifier.Quote(table.Name)}");
        }

        AddAll(plan, PlanPhase.Settings, cause, TableWriter.IndexSettings(table).Concat(TableWriter.RowSecurity(table)), null);
        AddAll(plan, PlanPhase.AddWatchers, cause, PartitionWriter.Triggers(part with { Tables = [table] }), null);
        AddAll(plan, PlanPhase.AddWatchers, cause, RuleWriter.Create(table.Name, table.Rules), null);
        AddAll(plan, PlanPhase.AddWatchers, cause, table.Policies.Select(p => PolicyWriter.Create(table.Name, p)), null);
    }

    private static void AddAll(ChangePlan plan, PlanPhase phase, SchemaChange cause, IEnumerable<string> statements, string? reverse)
    {
        foreach (var statement in statements)
        {
            plan.Add(phase, cause, statement, reverse);
            reverse = null;
        }
    }
}
