using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A statement that PostgreSQL refuses on an empty database, in whatever order the migrations run.</summary>
internal sealed class ReplayErrorRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/replay-error",
        Title = "A statement fails on an empty database",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements of the migrations that PostgreSQL refuses when they run one after the other on an empty database, with the SQLSTATE and message that it gives. What fails
            only because of an earlier failure is grouped under that one. Statements that succeed in another order are `migration/out-of-order`'s matter. SQL files beside the
            migrations are tried on the database that the migrations make.
            """,
        Why = "A database can't be built from such a history: not for a new environment, not for a test, not after a disaster. `prisma migrate deploy` stops there, and `prisma migrate dev` can't build its shadow database.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "email" TEXT;
            ALTER TABLE "users" ADD COLUMN "email" TEXT; -- 42701: column "email" of relation "users" already exists
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "email" TEXT;
            ```
            """,
        Fix = "Correct the statement where the migration is not applied anywhere. Where it is, add what it lacks in an earlier migration, or squash the history into a new baseline (`prisma migrate resolve --applied`).",
        WhenOff = "Never, as long as databases are built from the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.OnAgreement(Verify);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var problem in project.Problems.All)
        {
            if (problem.InWorkingOrder is null)
                sink.Report(Draft(project, problem.Migration, problem.Outcome, problem.Followers.Length, LocationRole.Migration) with
                {
                    Subject = problem.Subject,
                    Locations = [new FindingLocation(LocationRole.Migration, problem.Outcome.Location), .. problem.Followers.Select(f => new FindingLocation(LocationRole.Migration, f.Location))],
                });
        }

        foreach (var stray in project.StrayReplays.Where(s => s.IsInHistory))
        {
            foreach (var outcome in stray.Outcomes.Where(o => o is { Kind: OutcomeKind.Refused, CausedBy: null }))
                sink.Report(Draft(
                    project, stray.Name, outcome, stray.Outcomes.Count(o => o is { Kind: OutcomeKind.Refused, CausedBy: not null }), LocationRole.Stray));
        }
    }

    private static Observation Draft(ProjectFacts project, string name, StatementOutcome outcome, int followers, LocationRole role)
    {
        var error = outcome.Error!;
        var isStray = role == LocationRole.Stray;
        return new Observation
        {
            Severity = isStray ? Severity.High : null,
            Title = $"{name}: {error.Message}",
            Message = $"PostgreSQL refuses this {(outcome.Command.Length > 0 ? outcome.Command : "statement")} on an empty database after {(isStray ? "all migrations" : "those before it")}: " +
                $"{error.SqlState}, {error.Message}." + (error.Detail is { } detail ? $" {detail}" : "") +
                (followers > 0 ? $" {followers} later {(followers == 1 ? "statement fails" : "statements fail")} only because of it." : ""),
            Impact = isStray
                ? "Whoever runs the file by hand gets this error."
                : "No database can be built from the migrations: prisma migrate deploy stops here.",
            Recommendation = isStray
                ? "Correct the file, turn it into a migration that fits the schema, or remove it."
                : "Correct the statement where the migration is not applied anywhere; else add what it lacks in an earlier migration, or squash the history into a new baseline.",
            Project = project.Name,
            Subject = isStray ? new Subject(SubjectKind.File, outcome.Location.Path) : new Subject(SubjectKind.Migration, name),
            Found = error.ToString(),
            SqlState = error.SqlState,
            Locations = [new FindingLocation(role, outcome.Location)],
            Discriminator = $"{name} {error.SqlState} {error.Message}",
            Effort = Effort.Medium,
        };
    }

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        if (agreements.Replays)
            sink.Verify("history-replays", agreements.History, project, agreements.Order);
    }
}
