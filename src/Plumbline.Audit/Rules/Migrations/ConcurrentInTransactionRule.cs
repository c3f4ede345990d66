using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>CONCURRENTLY in a file with other statements, which Prisma sends as one transaction.</summary>
internal sealed class ConcurrentInTransactionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/concurrent-in-transaction",
        Title = "CONCURRENTLY is used alongside other statements",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements with CONCURRENTLY in a migration that contains other statements as well. Where a deployment would reach the statement,
            `migration/deploy-only-error` or `migration/replay-error` reports it instead.
            """,
        Why = "PostgreSQL refuses CONCURRENTLY in a transaction (25001). Prisma sends a migration as one string, and PostgreSQL runs the statements of one string as one transaction.",
        Bad = """
            ```sql
            ALTER TABLE "events" ADD COLUMN "kind" TEXT;
            CREATE INDEX CONCURRENTLY "events_kind_idx" ON "events"("kind");
            ```
            """,
        Good = """
            ```sql
            -- the only statement of its migration
            CREATE INDEX CONCURRENTLY "events_kind_idx" ON "events"("kind");
            ```
            """,
        Fix = "Move the statement to a migration of its own.",
        WhenOff = "When Prisma never runs the migrations. Where `migration/own-runner` recognizes a program that runs them, the rule is already silent.",
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
        return new FindingText($"{first.Subject.Name} uses CONCURRENTLY in {observations.Length} statements of one transaction", first.Message, first.Impact, "Move each of the statements to a migration of its own.");
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.OwnRunner is not null)
            return;

        var judged = (project.AsDeployed?.Outcomes ?? [])
            .Concat(project.AsItIs?.Outcomes ?? [])
            .Where(o => o.Kind == OutcomeKind.Refused)
            .Select(o => (o.Location.Path, o.Span.Start))
            .ToHashSet();
        foreach (var group in project.Statements.ByMigration)
        {
            if (group.Length < 2)
                continue;

            foreach (var statement in group)
            {
                var isConcurrent = statement.Syntax is CreateIndexStatement { IsConcurrent: true } or DropStatement { IsConcurrent: true } ||
                    statement.Syntax is MaintenanceStatement { Command: "REINDEX", IsConcurrent: true } ||
                    statement.TableActions.Any(a => a.Action is DetachPartitionAction { IsConcurrent: true });
                if (!isConcurrent || judged.Contains((statement.Text.Path, statement.Syntax.Span.Start)))
                    continue;

                sink.Report(new Observation
                {
                    Title = $"{statement.Migration.Name} uses CONCURRENTLY alongside other statements",
                    Message = $"The migration has {group.Length} statements, which Prisma sends as one string and PostgreSQL runs as one transaction.",
                    Impact = "The deployment fails here with 25001.",
                    Recommendation = "Move the statement to a migration of its own.",
                    Project = project.Name,
                    Subject = new Subject(SubjectKind.Migration, statement.Migration.Name),
                    Locations = [new FindingLocation(LocationRole.Migration, statement.LocationOf(statement.Syntax))],
                    Cause = new Cause(CauseKind.SameCode, $"concurrent {statement.Migration.Path}", $"{statement.Migration.Name} runs as one transaction"),
                });
            }
        }
    }
}
