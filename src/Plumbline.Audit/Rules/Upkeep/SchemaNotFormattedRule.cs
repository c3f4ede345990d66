using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>A schema file that prisma format would change.</summary>
internal sealed class SchemaNotFormattedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/schema-not-formatted",
        Title = "A schema is not formatted as prisma format does it",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Schema files whose text is not what `prisma format` prints. All of them are one finding.",
        Why = "The next one who runs the formatter, or has an editor that does, changes lines that have nothing to do with the change at hand.",
        Bad = """
            ```prisma
            model User {
              id Int @id
              name      String
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id   Int    @id
              name String
            }
            ```
            """,
        Fix = "Run `prisma format`, and have it run before each commit.",
        WhenOff = "When the schema is written by another tool.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        WorkspaceFile[] others = [.. project.Project.SchemaFiles.Where(f => f.Text is { } text && SchemaSyntax.Parse(text).Diagnostics.IsEmpty &&
            PrismaFormatter.Format(text) != text.Text)];
        if (others.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"{others[0].Path} is not formatted as prisma format does it"
                : $"{others.Length} schema files are not formatted as prisma format does it",
            Message = $"prisma format would change: {string.Join(", ", others.Select(f => f.Path))}.",
            Impact = "Whoever formats it next mixes a change of layout into another change.",
            Recommendation = "Run prisma format, and have it run before each commit.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, others[0].Path),
            Locations = [.. others.Select(f => new FindingLocation(LocationRole.Schema, new SourceLocation(f.Path, 1, 1, 1, 1)))],
        });
    }
}
