using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration that uses what only a later one creates.</summary>
internal sealed class OutOfOrderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/out-of-order",
        Title = "A migration runs before the one that it needs",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = "Statements that PostgreSQL refuses in the order in which Prisma runs the migrations, and that succeed in another order of the same migrations. The order that works is told.",
        Why = "Prisma runs migrations in the order of their names. A timestamp that was set by hand, a branch that was merged late, or an init migration that was made anew puts a migration before what it builds on: no new database can be built.",
        Bad = """
            ```
            20250610000000_add_metadata/   ALTER TABLE "Person" ADD COLUMN "metadata" JSONB;
            20250911081240_init/           CREATE TABLE "Person" (…);
            ```
            """,
        Good = """
            ```
            20250101000000_init/           CREATE TABLE "Person" (…);
            20250610000000_add_metadata/   ALTER TABLE "Person" ADD COLUMN "metadata" JSONB;
            ```
            """,
        Fix = "Rename the folders so that the order works, and tell databases where they are applied (`UPDATE _prisma_migrations SET migration_name = …`); or squash the history into a new baseline.",
        WhenOff = "Never, as long as databases are built from the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.WorkingOrder is not { } working)
            return;

        var order = string.Join(", ", working.Migrations.Select(m => m.Name));
        foreach (var problem in project.Problems.All)
        {
            if (problem.InWorkingOrder is null)
                continue;

            var error = problem.Outcome.Error!;
            var creator = CreatorOf(project.AsItIs!, problem);
            var needs = creator is null ? "a later migration" : project.AsItIs!.Migrations[creator.Migration].Name;
            ImmutableArray<FindingLocation> locations = [new(LocationRole.Migration, problem.Outcome.Location)];
            if (creator is not null)
                locations = locations.Add(new FindingLocation(LocationRole.Migration, creator.Location));

            sink.Report(new Observation
            {
                Title = $"{problem.Migration} needs {needs}, which runs after it",
                Message = $"On an empty database PostgreSQL refuses this {problem.Outcome.Command}: {error.SqlState}, {error.Message}." +
                    (problem.Followers.IsEmpty ? "" : $" {problem.Followers.Length} more {(problem.Followers.Length == 1 ? "statement fails" : "statements fail")} because of it.") +
                    $" In this order it succeeds: {order}.",
                Impact = "No database can be built from the migrations as they are named: prisma migrate deploy stops here.",
                Recommendation = creator is null
                    ? "Rename the migrations so that they run in the order that works."
                    : $"Rename {needs} so that it sorts before {problem.Migration}, and change its name in _prisma_migrations where it is applied.",
                Project = project.Name,
                Subject = problem.Subject,
                Expected = order,
                Found = error.ToString(),
                SqlState = error.SqlState,
                Locations = [.. locations, .. problem.Followers.Select(f => new FindingLocation(LocationRole.Migration, f.Location))],
                Discriminator = problem.Migration,
                Effort = Effort.Medium,
            });
        }
    }

    // The later statement that makes what the message says is missing.
    private static StatementOutcome? CreatorOf(ReplayResult asItIs, HistoryProblem problem)
    {
        var quoted = problem.Outcome.Error!.Message.Split('"');
        if (quoted.Length < 3)
            return null;

        var missing = quoted[1].Split('.')[^1];
        return asItIs.Outcomes.FirstOrDefault(o =>
            o.Migration > problem.Outcome.Migration && o.Changes.Any(c => c.Kind is ObjectChangeKind.Create or ObjectChangeKind.Rename && (c.Member ?? c.Name.Name) == missing));
    }
}
