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
        Title = "A migration folder does not follow Prisma's naming",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Migration folders whose names are not fourteen digits, an underscore and a name of letters, digits, underscores and hyphens. All of them are one finding.",
        Why = "Prisma runs every folder, whatever its name, in the order of the names. A folder without a timestamp, or a copy with a space in its name, runs at an unexpected position.",
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
        Fix = "Rename the folder if it is not applied anywhere yet; remove it if it is a forgotten copy. If it is applied, keep the name: `_prisma_migrations` refers to it.",
        WhenOff = "When the folders are applied everywhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationFolder[] malformed = [.. (project.Project.History?.Migrations ?? []).Where(m => !m.IsNameWellFormed)];
        if (malformed.Length == 0 || project.OwnRunner is not null)
            return;

        sink.Report(new Observation
        {
            Title = malformed.Length == 1
                ? $"The migration folder \"{malformed[0].Name}\" does not follow Prisma's naming"
                : $"{malformed.Length} migration folders do not follow Prisma's naming",
            Message = $"Prisma runs these folders anyway, in the order of their names: {string.Join(", ", malformed.Select(m => $"\"{m.Name}\""))}.",
            Impact = "They run at a place that nobody chose, and a copy of a migration runs twice.",
            Recommendation = "Rename or remove them where they are not applied anywhere yet; leave them where they are.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, malformed[0].Name),
            Expected = "yyyyMMddHHmmss_name",
            Locations = [.. malformed.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }
}
