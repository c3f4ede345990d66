using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration folder without a migration.sql, at which Prisma stops.</summary>
internal sealed class MissingFileRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/missing-file",
        Title = "A migration folder has no migration.sql",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Folders in the migrations folder without a `migration.sql`. Folders with a `migration.ts` or the like belong to the team's own runner and are ignored.",
        Why = "Prisma treats every folder as a migration. A folder without `migration.sql` stops `migrate deploy` and `migrate dev` with error P3015.",
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

    private static readonly ImmutableArray<string> ScriptNames = ["migration.ts", "migration.js", "migration.mts", "migration.mjs", "migration.cjs", "migration.py"];

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        // The team's own runner knows which folders it runs.
        if (project.OwnRunner is not null)
            return;

        foreach (var migration in project.Project.History?.Migrations ?? [])
        {
            if (migration.Script is not null || migration.Problem is not null || BelongsToAnotherRunner(migration, project))
                continue;

            sink.Report(new Observation
            {
                Title = $"The migration {migration.Name} has no migration.sql",
                Message = $"Prisma treats {migration.Path} as a migration and expects a migration.sql in it.",
                Impact = "prisma migrate stops with error P3015 and applies nothing.",
                Recommendation = "Restore the file from version control, or remove the folder.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, migration.Name),
                Locations = [new FindingLocation(LocationRole.Migration, migration.Place)],
            });
        }
    }

    // A migration in TypeScript or the like is run by the team's own program, which knows both kinds.
    private static bool BelongsToAnotherRunner(MigrationFolder migration, ProjectFacts project) =>
        ScriptNames.Any(name => project.Repository.Find(RelativePath.Join(migration.Path, name)) is not null);
}
