using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Indexes with names of their own beside indexes with Prisma's.</summary>
internal sealed class IndexNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/index-name",
        Title = "Some indexes have names of their own",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Indexes and unique constraints whose `map:` is another name than Prisma would give, in a schema where most have Prisma's name. All of them are one finding.",
        Why = "An index is looked for by its name when a query plan or an error message names it. Names after one pattern tell table and columns.",
        Bad = """
            ```prisma
            model User {
              id    Int    @id
              email String
              name  String

              @@index([email])
              @@index([name], map: "idx1")
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              @@index([name])
            }
            ```
            """,
        Fix = "Rename the index in a migration (`ALTER INDEX idx1 RENAME TO \"User_name_idx\"`) and remove `map:`.",
        WhenOff = "When the names follow a pattern of your own.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        ModelIndex[] indexes = [.. prisma.Models.SelectMany(m => m.Indexes)];
        ModelIndex[] others = [.. indexes.Where(i => i.MappedName is { } name && name != DefaultName(i))];
        if (others.Length == 0 || others.Length * 4 > indexes.Length)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"The index {others[0].DatabaseName} has a name of its own"
                : $"{others.Length} of {indexes.Length} indexes have names of their own",
            Message = $"Not named as Prisma names them: {string.Join(", ", others.Take(20).Select(i => i.DatabaseName))}{(others.Length > 20 ? ", …" : "")}.",
            Impact = "Their names do not tell which table and columns they are for.",
            Recommendation = "Rename them in a migration and remove map:, unless the names follow a pattern of your own.",
            Project = project.Name,
            Subject = new Subject(
                SubjectKind.Index, others[0].DatabaseName, others[0].Model.SchemaName ?? "public", others[0].Model.DatabaseName, others[0].Model.Name),
            Expected = DefaultName(others[0]),
            Found = others[0].DatabaseName,
            Locations = [.. others.Select(i => new FindingLocation(LocationRole.Schema, i.Location))],
        });
    }

    private static string DefaultName(ModelIndex index) =>
        index.Kind == ModelIndexKind.Unique
            ? ConstraintNames.Unique(index.Model.DatabaseName, index.Fields.Select(f => f.Field.DatabaseName))
            : ConstraintNames.Index(index.Model.DatabaseName, index.Fields.Select(f => f.Field.DatabaseName));
}
