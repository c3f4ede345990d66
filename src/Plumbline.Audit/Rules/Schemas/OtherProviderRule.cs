using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>A Prisma schema for a database other than PostgreSQL, which is listed and not audited.</summary>
internal sealed class OtherProviderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/other-provider",
        Title = "The schema is for a database other than PostgreSQL",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Prisma schemas whose `datasource` names a provider other than `postgresql` or `postgres`. They are listed and not audited.",
        Why = "A repository may contain several schemas. Without this note, a skipped schema would look as if it had been checked.",
        Bad = """
            ```prisma
            datasource db {
              provider = "mysql"
            }
            ```
            """,
        Good = """
            ```prisma
            datasource db {
              provider = "postgresql"
            }
            ```
            """,
        Fix = "Nothing needs to be fixed. If the provider is a mistake, correct it.",
        WhenOff = "When everyone knows about the repository's schemas for other databases.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var project in context.Repository.OtherProviderProjects)
        {
            var path = project.SchemaPath ?? project.ExpectedMigrationsPath;
            sink.Report(new Observation
            {
                Title = $"{path} is for {project.Provider} and was not audited",
                Message = $"The datasource of {path} names the provider \"{project.Provider}\". Plumbline audits PostgreSQL only.",
                Impact = "This schema and its migrations were not checked.",
                Recommendation = "Correct the provider if this schema is meant for PostgreSQL; otherwise nothing needs to be done.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.File, path),
                Expected = "postgresql",
                Found = project.Provider,
                Locations = project.ProviderLocation is { } place ? [new FindingLocation(LocationRole.Schema, place)] : [],
            });
        }
    }
}
