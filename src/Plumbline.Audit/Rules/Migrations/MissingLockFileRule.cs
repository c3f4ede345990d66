using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations without the file that names their provider.</summary>
internal sealed class MissingLockFileRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/missing-lock-file",
        Title = "The migrations have no migration_lock.toml",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Migration folders without `migration_lock.toml` beside them.",
        Why = "Prisma stores the provider of the migrations in that file and refuses to run them against a different one. Without the file there is no such check, and `migrate dev` creates it, which shows up as an unexpected change.",
        Bad = """
            ```
            migrations/20250101120000_init/migration.sql
            ```
            """,
        Good = """
            ```
            migrations/20250101120000_init/migration.sql
            migrations/migration_lock.toml
            ```
            """,
        Fix = "Add `migration_lock.toml` with `provider = \"postgresql\"`, and commit it.",
        WhenOff = "When the migrations are not run by Prisma.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.History is not { Lock: null, Migrations.IsEmpty: false, Problems.IsEmpty: true } history || project.OwnRunner is not null)
            return;

        sink.Report(new Observation
        {
            Title = $"{history.Path} has no migration_lock.toml",
            Message = $"Prisma writes this file with the first migration.",
            Impact = "Prisma does not check whether the migrations are for the database's provider.",
            Recommendation = $"Add {history.Path}/{MigrationHistory.LockName} with the line: provider = \"postgresql\".",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, $"{history.Path}/{MigrationHistory.LockName}"),
            Locations = [new FindingLocation(LocationRole.Migration, history.Migrations[0].Place)],
        });
    }
}
