using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A statement that works in psql and fails in prisma migrate deploy, which sends each file as one string.</summary>
internal sealed class DeployOnlyErrorRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/deploy-only-error",
        Title = "A statement fails only because Prisma sends a migration as one transaction",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements that succeed one by one, and that PostgreSQL refuses when `prisma migrate deploy` sends the whole file as one string: commands
            that cannot run in a transaction (25001, such as CREATE INDEX CONCURRENTLY beside another statement), and the use of an enum value that
            the same file adds (55P04).
            """,
        Why = "PostgreSQL runs the statements of one string as one transaction. What works in psql can therefore fail in a deployment.",
        Bad = """
            ```sql
            ALTER TYPE "Role" ADD VALUE 'OWNER';
            UPDATE "users" SET "role" = 'OWNER' WHERE "id" = 1; -- 55P04: unsafe use of new value
            ```
            """,
        Good = """
            ```sql
            -- one migration
            ALTER TYPE "Role" ADD VALUE 'OWNER';
            -- the next migration
            UPDATE "users" SET "role" = 'OWNER' WHERE "id" = 1;
            ```
            """,
        Fix = "Move the statement to a migration of its own.",
        WhenOff = "When Prisma never runs the migrations. Where `migration/own-runner` recognizes a program that runs them, the rule is already silent.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.OwnRunner is not null || project.AsDeployed is not { } deployed || project.AsItIs is not { } asItIs)
            return;

        var refusedAnyway = asItIs.Outcomes.Where(o => o.Kind == OutcomeKind.Refused)
            .Select(o => (asItIs.Migrations[o.Migration].Name, o.Statement))
            .ToHashSet();
        foreach (var outcome in deployed.Outcomes)
        {
            var name = deployed.Migrations[outcome.Migration].Name;
            if (outcome is not { Kind: OutcomeKind.Refused, CausedBy: null, Error: { } error } || refusedAnyway.Contains((name, outcome.Statement)))
                continue;

            sink.Report(new Observation
            {
                Title = $"{name} fails in prisma migrate deploy: {error.Message}",
                Message = $"Run by itself, this {outcome.Command} succeeds. Prisma sends the file as one string, which PostgreSQL runs as one transaction. There it fails with SQLSTATE {error.SqlState}.",
                Impact = "prisma migrate deploy stops at this migration and records it as failed.",
                Recommendation = error.SqlState == "55P04"
                    ? "Add the enum value in one migration and use it in the next."
                    : "Move the statement to a migration of its own.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, name),
                SqlState = error.SqlState,
                Locations = [new FindingLocation(LocationRole.Migration, outcome.Location)],
                Discriminator = $"{error.SqlState} {error.Message}",
            });
        }
    }
}
