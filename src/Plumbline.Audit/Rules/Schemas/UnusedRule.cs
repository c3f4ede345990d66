using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>Prisma schemas that nothing refers to and that have no migrations. They are listed and not audited.</summary>
internal sealed class UnusedRule : Rule
{
    private const int Named = 6;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/unused",
        Title = "Nothing in the repository uses the schema",
        Severity = Severity.Info,
        Needs = [RuleNeed.Repository],
        What = """
            Prisma schemas that no configuration, script or container names, that have no migrations, and that are in a folder for documents, templates, examples or tests, in a package without Prisma, or
            under a name other than `schema.prisma`; and copies of a schema among migrations. They are listed and not audited. The only schema of a repository is always audited.
            """,
        Why = "Such a schema describes no database of the repository, so findings about it would be noise. Without this note, it would look as if it had been checked.",
        Bad = """
            ```
            prisma/schema.prisma
            docs/examples/blog/schema.prisma
            ```
            """,
        Good = """
            ```yaml
            # plumb.yaml
            projects:
              - schema: prisma/schema.prisma
              - schema: docs/examples/blog/schema.prisma
            ```
            """,
        Fix = "Nothing needs to be fixed. If a database belongs to the schema, list it under `projects` in `plumb.yaml`; if it is a forgotten copy, remove it.",
        WhenOff = "When everyone knows about the repository's templates and examples.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnRepository(Check);
        rule.Word(Word);
    }

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var schema in context.Repository.UnusedSchemas)
        {
            sink.Report(new Observation
            {
                Title = $"Nothing uses {schema.Path}",
                Message = $"{schema.Why}",
                Impact = "This schema was not checked.",
                Recommendation = "If a database belongs to it, list it under projects in plumb.yaml; otherwise nothing needs to be done.",
                Project = null,
                Subject = new Subject(SubjectKind.File, schema.Path),
                Locations = [new FindingLocation(LocationRole.OtherSchema, schema.Location)],
                Cause = new Cause(CauseKind.UnusedSchema, "schemas", "Nothing in the repository uses these schemas"),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return new FindingText(
            $"Nothing uses {observations.Length} Prisma schemas",
            string.Join(", ", observations.Take(Named).Select(o => o.Observation.Subject.Name)) +
                (observations.Length > Named ? $" and {observations.Length - Named} more" : "") + " were not audited: no script, configuration or migration refers to them.",
            "These schemas were not checked.",
            first.Recommendation.Replace("belongs to it, list it", "belongs to one of them, list it", StringComparison.Ordinal));
    }
}
