using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migration folders that are not named as Prisma names them.</summary>
internal sealed class MalformedNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/malformed-name",
        Title = "A migration folder is not named as Prisma names them",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Migration folders whose names are not fourteen digits, an underscore and a name of letters, digits, underscores and hyphens. All of them are one finding.",
        Why = "Prisma runs every folder, whatever its name, in the order of the names. A folder without timestamp, or a copy with a blank in its name, runs at a place that nobody chose.",
        Bad = """
            ```
            migrations/20250101120000_add_users copy/
            migrations/init/
            ```
            """,
        Good = """
            ```
            migrations/20250101120000_add_users/
            ```
            """,
        Fix = "Rename the folder if it is not applied anywhere yet; remove it if it is a forgotten copy. Where it is applied, its name is in `_prisma_migrations` and must stay.",
        WhenOff = "When the folders are applied everywhere and the names are well known.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationFolder[] malformed = [.. (project.Project.History?.Migrations ?? []).Where(m => !m.IsNameWellFormed)];
        if (malformed.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = malformed.Length == 1
                ? $"The migration folder \"{malformed[0].Name}\" is not named as Prisma names them"
                : $"{malformed.Length} migration folders are not named as Prisma names them",
            Message = $"Prisma runs these folders all the same, in the order of their names: {string.Join(", ", malformed.Select(m => $"\"{m.Name}\""))}.",
            Impact = "They run at a place that nobody chose, and a copy of a migration runs twice.",
            Recommendation = "Rename or remove them where they are not applied anywhere yet; leave them where they are.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, malformed[0].Name),
            Expected = "yyyyMMddHHmmss_name",
            Found = malformed[0].Name,
            Locations = [.. malformed.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }
}
