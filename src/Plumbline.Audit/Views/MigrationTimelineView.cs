using System.Collections.Immutable;
using Plumbline.Audit.Facts;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Views;

/// <summary>The migrations with what they do, how they fare in Prisma's order, and their place in the order that works.</summary>
internal static class MigrationTimelineView
{
    /// <summary>The timelines of all projects, one behind the other.</summary>
    public static ImmutableArray<TimelineRow> Build(IEnumerable<ProjectFacts> projects) => [.. projects.SelectMany(Build)];

    private static IEnumerable<TimelineRow> Build(ProjectFacts project)
    {
        if (project.AsItIs is not { } asItIs || project.Final is not { } final)
            return [];

        var working =
            project.WorkingOrder?.Migrations.Select((m, i) => (m.Name, Position: i + 1)).ToDictionary(m => m.Name, m => m.Position, StringComparer.Ordinal);
        var effects = Effects(final);
        var dependencies = Dependencies(final);
        var counts = asItIs.Outcomes.GroupBy(o => o.Migration).ToDictionary(
            g => g.Key, g => (All: g.Count(), Failed: g.Count(o => o.Kind == OutcomeKind.Refused)));
        return asItIs.Migrations.Select((migration, i) =>
        {
            var (all, failed) = counts.GetValueOrDefault(i);
            var effect = effects.GetValueOrDefault(migration.Name) ?? new Effect();
            ImmutableArray<string> dependsOn = [.. (dependencies.GetValueOrDefault(migration.Name) ?? []).Order(StringComparer.Ordinal)];
            return new TimelineRow(
                project.Name,
                migration.Name,
                i + 1,
                working?[migration.Name],
                all,
                failed,
                Sorted(effect.Creates),
                Sorted(effect.Changes),
                Sorted(effect.Drops),
                dependsOn);
        });
    }

    private static ImmutableArray<string> Sorted(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Dictionary<string, Effect> Effects(ReplayResult replay)
    {
        var effects = new Dictionary<string, Effect>(StringComparer.Ordinal);
        foreach (var outcome in replay.Outcomes)
        {
            var name = replay.Migrations[outcome.Migration].Name;
            if (!effects.TryGetValue(name, out var effect))
                effects.Add(name, effect = new Effect());

            foreach (var change in outcome.Changes)
            {
                var list = change.Kind switch
                {
                    ObjectChangeKind.Create => effect.Creates,
                    ObjectChangeKind.Drop => effect.Drops,
                    _ => effect.Changes,
                };
                list.Add(change.ToString());
            }
        }

        return effects;
    }

    // A migration depends on those that made what it changes, and on those that made the tables that its foreign keys refer to.
    private static Dictionary<string, HashSet<string>> Dependencies(ReplayResult replay)
    {
        var dependencies = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var makers = new Dictionary<ObjectName, string>();
        foreach (var outcome in replay.Outcomes)
        {
            var name = replay.Migrations[outcome.Migration].Name;
            foreach (var change in outcome.Changes)
            {
                var before = change switch
                {
                    { Kind: ObjectChangeKind.Rename, Member: null, OldName: { } old } => change.Name with { Name = old },
                    { Kind: ObjectChangeKind.Move, Member: null, OldName: { } old } => change.Name with { Schema = old },
                    _ => change.Name,
                };
                if (makers.TryGetValue(before, out var maker))
                    Add(name, maker);

                if (change is { Kind: ObjectChangeKind.Create, Member: null } || before != change.Name)
                    makers[change.Name] = name;
            }
        }

        var migrations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var migration in replay.Migrations)
            migrations[migration.Text.Path] = migration.Name;

        foreach (var key in replay.Schema.Tables.SelectMany(t => t.ForeignKeys))
        {
            if (key.Location is { } place && migrations.TryGetValue(place.Path, out var name) && makers.TryGetValue(key.ReferencedTable, out var maker))
                Add(name, maker);
        }

        return dependencies;

        void Add(string migration, string maker)
        {
            if (migration == maker)
                return;

            if (!dependencies.TryGetValue(migration, out var set))
                dependencies.Add(migration, set = new HashSet<string>(StringComparer.Ordinal));

            set.Add(maker);
        }
    }

    private sealed class Effect
    {
        public List<string> Creates { get; } = [];

        public List<string> Changes { get; } = [];

        public List<string> Drops { get; } = [];
    }
}
