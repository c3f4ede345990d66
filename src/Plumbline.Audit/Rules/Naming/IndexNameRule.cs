using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Indexes with custom names in a schema where most indexes have the default name.</summary>
internal sealed class IndexNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/index-name",
        Title = "Some indexes do not have the name that Prisma generates",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Indexes and unique constraints with a `map:` that differs from the name that Prisma generates, in a schema where at least three quarters have the generated name. All of them are one finding.",
        Why = "Query plans and error messages identify an index by its name alone. Names in one pattern show the table and the columns.",
        Bad = """
            ```prisma
            model User {
              id    Int    @id
              email String
              name  String
              city  String
              plan  String

              @@index([email])
              @@index([city])
              @@index([plan])
              @@index([name], map: "idx1")
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id    Int    @id
              email String
              name  String
              city  String
              plan  String

              @@index([email])
              @@index([city])
              @@index([plan])
              @@index([name])
            }
            ```
            """,
        Fix = "Rename the index in a migration (`ALTER INDEX idx1 RENAME TO \"User_name_idx\"`) and remove `map:`.",
        WhenOff = "When the names follow another pattern.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is null)
            return;

        ModelIndex[] indexes = [.. project.OwnModels.SelectMany(m => m.Indexes)];
        ModelIndex[] others = [.. indexes.Where(i => i.MappedName is { } name && name != DefaultName(i))];
        if (others.Length * 4 > indexes.Length)
            return;

        var counts = $"{indexes.Length - others.Length} of {indexes.Length} indexes have the name that Prisma generates";
        foreach (var index in others)
        {
            sink.Report(new Observation
            {
                Title = $"The index {index.DatabaseName} on {index.Model.DatabaseName} does not have the name that Prisma generates",
                Message = $"{counts}.",
                Impact = "The name may not show which table and columns the index is for.",
                Recommendation = "Rename the index in a migration and remove map:, unless the name follows another pattern.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Index, index.DatabaseName, project.SchemaOf(index.Model.SchemaName), index.Model.DatabaseName, index.Model.Name),
                Expected = DefaultName(index),
                Found = index.DatabaseName,
                Locations = [new FindingLocation(LocationRole.Schema, index.Location)],
                Cause = new Cause(CauseKind.Convention, "naming/index-name", counts),
            });
        }
    }

    private static string DefaultName(ModelIndex index) =>
        index.Kind == ModelIndexKind.Unique
            ? ConstraintNames.Unique(index.Model.DatabaseName, index.Fields.Select(f => f.Field.DatabaseName))
            : ConstraintNames.Index(index.Model.DatabaseName, index.Fields.Select(f => f.Field.DatabaseName));

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} indexes do not have the name that Prisma generates",
        observations[0].Observation.Message,
        "Their names may not show which table and columns they are for.",
        "Rename the indexes in a migration and remove map:, unless the names follow another pattern.");
}
