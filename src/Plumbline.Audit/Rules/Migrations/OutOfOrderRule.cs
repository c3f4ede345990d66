using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration needs an object that only a later one creates.</summary>
internal sealed class OutOfOrderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/out-of-order",
        Title = "A migration runs before one that it needs",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements that PostgreSQL refuses in the order in which Prisma runs the migrations, and accepts in a different order of the same migrations. Each project gets one finding, which
            names every migration that fails, the order that works, and new folder names for it. A replay verifies the names.
            """,
        Why = "Prisma runs migrations in the order of their names. A timestamp that was set by hand, a branch that was merged late, or an init migration that was created again puts a migration before the one that it builds on. No new database can be built.",
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
        Fix = "Rename the folders as proposed, and update the names in databases where they are applied (`UPDATE _prisma_migrations SET migration_name = …`). Or squash the history into a new baseline.",
        WhenOff = "When no database is ever built from the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return new FindingText(
            first.Cause!.Text,
            $"{string.Join(". ", observations.Select(o => o.Observation.Title))}. {first.Message}",
            first.Impact,
            first.Recommendation);
    }

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
                Message = $"On an empty database PostgreSQL refuses this {problem.Outcome.Command}: {error.SqlState}, {error.Message}." + (problem.Followers.Length switch
                {
                    0 => "",
                    1 => " One more statement fails because of it.",
                    var more => $" {more} more statements fail because of it.",
                }),
                Impact = "prisma migrate deploy stops here when it builds a new database.",
                Recommendation = OrderCause.Advice(project),
                Project = project.Name,
                Subject = problem.Subject,
                Expected = order,
                SqlState = error.SqlState,
                Locations = [.. locations, .. problem.Followers.Select(f => new FindingLocation(LocationRole.Migration, f.Location))],
                Discriminator = $"{error.SqlState} {error.Message}",
                Effort = Effort.Medium,
                Cause = OrderCause.Of(project),
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
