using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>The migration called init is not the first, and those before it need what it creates.</summary>
internal sealed class InitNotFirstRule : Rule
{
    private static readonly string[] Names =
        ["init", "initial", "initialize", "baseline", "initial_migration", "init_db", "initial_schema", "first_migration", "0_init"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/init-not-first",
        Title = "The init migration is not the first",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "A migration called `init` (or `initial`, `baseline` …) that runs after migrations that need what it creates. It is reported as part of the finding of `migration/out-of-order`.",
        Why = "It shows how the history broke: the project was reset, and its base was created again with a later timestamp while older migrations stayed. Every new database fails at the older ones.",
        Bad = """
            ```
            20250610000000_add_metadata/
            20250911081240_init/
            ```
            """,
        Good = """
            ```
            20250101000000_init/
            20250610000000_add_metadata/
            ```
            """,
        Fix = "Give the init migration the earliest timestamp, and change its name in `_prisma_migrations` where it is applied (`UPDATE _prisma_migrations SET migration_name = '20250101000000_init' WHERE …`).",
        WhenOff = "When the migrations before it are about to be removed.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.History is not { } history || project.WorkingOrder is not { } working)
            return;

        for (var i = 1; i < history.Migrations.Length; i++)
        {
            var migration = history.Migrations[i];
            var name = migration.Timestamp is { } timestamp ? migration.Name[timestamp.Length..].TrimStart('_') : migration.Name;
            if (!Names.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;

            var position = working.Migrations.Select(m => m.Name).ToList().IndexOf(migration.Name);
            if (position < 0 || position >= i)
                continue;

            var before = history.Migrations.Take(i).Where(m => working.Migrations.Skip(position).Any(w => w.Name == m.Name)).ToArray();
            sink.Report(new Observation
            {
                Title = $"The init migration {migration.Name} runs after {(before.Length == 1 ? before[0].Name : $"{before.Length} migrations")} and must run before {(before.Length == 1 ? "it" : "them")}",
                Message = $"It is migration number {i + 1} and must be number {position + 1}: {string.Join(", ", before.Select(m => m.Name))} {(before.Length == 1 ? "needs" : "need")} what it creates.",
                Impact = "Every new database fails before it reaches this migration.",
                Recommendation = OrderCause.Advice(project),
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, migration.Name),
                Cause = OrderCause.Of(project),
                Locations =
                    [new FindingLocation(LocationRole.Migration, migration.Place), .. before.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
            });
        }
    }
}
