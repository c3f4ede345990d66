using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>A project of Prisma 8, whose contracts use a different language. It is listed and not audited.</summary>
internal sealed class UnsupportedVersionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/unsupported-version",
        Title = "The project uses Prisma 8, which is not supported yet",
        Severity = Severity.Info,
        Needs = [RuleNeed.Repository],
        What = """
            Contracts of Prisma 8: `.prisma` files without a datasource that are called `contract.prisma`, begin with `// use prisma-8`, belong to a package that depends on `@prisma/orm-*`, or are
            configured by a `prisma.config.*` of that version. They are listed and not audited.
            """,
        Why = "A repository may contain projects of several versions of Prisma. Without this note, a skipped project would look as if it had been checked.",
        Bad = """
            ```
            // use prisma-8
            model User {
              id Int @id
            }
            ```
            """,
        Good = """
            ```
            datasource db {
              provider = "postgresql"
            }

            model User {
              id Int @id
            }
            ```
            """,
        Fix = "Nothing needs to be fixed.",
        WhenOff = "When everyone knows about the repository's projects of Prisma 8.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var project in context.Repository.UnsupportedProjects)
        {
            var others = project.Files.Length == 1 ? "" : $" {Plural.Of(project.Files.Length - 1, "more file", "more files")} of the same package {(project.Files.Length == 2 ? "belongs" : "belong")} to it.";
            sink.Report(new Observation
            {
                Title = $"{project.Path} belongs to Prisma 8 and was not audited",
                Message = $"{project.Why}{others} Plumbline supports schemas of Prisma 7 and earlier.",
                Impact = "This contract and its migrations were not checked.",
                Recommendation = "Nothing needs to be done.",
                Project = null,
                Subject = new Subject(SubjectKind.File, project.Path),
                Locations = [new FindingLocation(project.Location.Path.EndsWith(".prisma", StringComparison.Ordinal) ? LocationRole.OtherSchema : LocationRole.Configuration, project.Location)],
            });
        }
    }
}
