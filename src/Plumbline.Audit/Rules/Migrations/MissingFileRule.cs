using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration folder without migration.sql, at which Prisma stops.</summary>
internal sealed class MissingFileRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/missing-file",
        Title = "A migration folder has no migration.sql",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Folders among the migrations that hold no `migration.sql`.",
        Why = "Prisma takes every folder for a migration. One without `migration.sql` stops `migrate deploy` and `migrate dev` with error P3015.",
        Bad = """
            ```
            migrations/20250101120000_add_users/README.md
            ```
            """,
        Good = """
            ```
            migrations/20250101120000_add_users/migration.sql
            ```
            """,
        Fix = "Restore the file, or remove the folder.",
        WhenOff = "Never: Prisma stops at such a folder.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var migration in project.Project.History?.Migrations ?? [])
        {
            if (migration.Script is not null)
                continue;

            sink.Report(new Observation
            {
                Title = $"The migration {migration.Name} has no migration.sql",
                Message = $"{migration.Path} is a folder among the migrations, and Prisma expects a migration.sql in it.",
                Impact = "prisma migrate stops with error P3015 and applies nothing.",
                Recommendation = "Restore the file from the version control's history, or remove the folder.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, migration.Name),
                Expected = migration.ScriptPath,
                Locations = [new FindingLocation(LocationRole.Migration, migration.Place)],
            });
        }
    }
}
