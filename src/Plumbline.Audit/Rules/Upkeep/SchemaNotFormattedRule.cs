using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Formatting;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Schema files that prisma format would change.</summary>
internal sealed class SchemaNotFormattedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/schema-not-formatted",
        Title = "A schema file is not formatted",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Schema files that `prisma format` would change. Files with syntax errors are not checked. All of them are one finding.",
        Why = "The next person who runs the formatter, or whose editor does, changes lines that are unrelated to their work.",
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
        Fix = "Run `prisma format`, and run it before each commit.",
        WhenOff = "When another tool writes the schema.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var tree in project.Prisma?.Files ?? [])
        {
            // Formatting fills in what a relation lacks, and no relation of a valid schema lacks anything.
            var file = tree.Source;
            if (!tree.Diagnostics.IsEmpty || (project.Prisma!.HasErrors ? PrismaFormatter.Format(file) : PrismaFormatter.Write(tree)) == file.Text)
                continue;

            sink.Report(new Observation
            {
                Title = $"{file.Path} is not formatted",
                Message = "prisma format would change it.",
                Impact = "The next change to the file may include unrelated formatting changes.",
                Recommendation = "Run prisma format, and run it before each commit.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.File, file.Path),
                Locations = [new FindingLocation(LocationRole.Schema, SourceLocation.StartOf(file.Path))],
                Cause = new Cause(CauseKind.Convention, "upkeep/schema-not-formatted", "Schema files are not formatted"),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} schema files are not formatted",
        "prisma format would change them.",
        "The next change to one of the files may include unrelated formatting changes.",
        observations[0].Observation.Recommendation);
}
