using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that the live database has and the repository does not.</summary>
internal sealed class UnknownAppliedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/unknown-applied",
        Title = "The database has migrations that the repository does not have",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Migrations that `_prisma_migrations` of a live database lists as applied and that are not in the migrations folder. All of them are one
            finding.
            """,
        Why = """
            Usually another branch was deployed, or the folder was removed after it was applied. No migration in the repository makes their changes, and `prisma
            migrate dev` asks to reset it.
            """,
        Bad = """
            ```
            20251201000000_add_coupons   in _prisma_migrations, not in the repository
            ```
            """,
        Good = """
            ```
            migrations/20251201000000_add_coupons/migration.sql   brought back from the branch
            ```
            """,
        Fix = "Restore the folder from the branch that it was deployed from. Or revert its changes, and delete its row from `_prisma_migrations`.",
        WhenOff = "When several repositories apply migrations to one database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationStanding[] unknown = [.. (project.Status?.Migrations ?? []).Where(m => m.State == MigrationState.Unknown)];
        if (unknown.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = unknown.Length == 1 ? $"The database has the migration {unknown[0].Name}, which the repository does not have" : $"The database has {unknown.Length} migrations that the repository does not have",
            Message = unknown.Length == 1
                ? $"_prisma_migrations lists it as applied, and {project.Project.History?.Path ?? project.Project.ExpectedMigrationsPath} has no folder of that name."
                : $"_prisma_migrations lists them as applied, and {project.Project.History?.Path ?? project.Project.ExpectedMigrationsPath} has no such folders: {string.Join(", ", unknown.Select(m => m.Name))}.",
            Impact = "No migration in the repository makes their changes, and prisma migrate dev asks to reset the database.",
            Recommendation = "Restore the folders from the branch that they were deployed from. Or revert their changes, and delete their rows from _prisma_migrations.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, unknown[0].Name),
        });
    }
}
