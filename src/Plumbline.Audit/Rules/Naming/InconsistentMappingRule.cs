using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Fields without @map in a model that maps most of its fields.</summary>
internal sealed class InconsistentMappingRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/inconsistent-mapping",
        Title = "Some columns of a table are mapped to snake_case and others are not",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Fields of more than one word without `@map`, in models that map most such fields to snake_case columns, if the schema as a whole does too. All of them are one finding.",
        Why = "The table then has columns in two spellings, such as `created_at` and `updatedAt`. Usually someone forgot the `@map`. Fixing it later requires renaming the column.",
        Bad = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime @map("created_at")
              deletedAt DateTime @map("deleted_at")
              updatedAt DateTime
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime @map("created_at")
              deletedAt DateTime @map("deleted_at")
              updatedAt DateTime @map("updated_at")
            }
            ```
            """,
        Fix = "Rename the column in a migration (`ALTER TABLE \"User\" RENAME COLUMN \"updatedAt\" TO \"updated_at\"`) and add `@map`.",
        WhenOff = "When other systems read the columns by their current names.",
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

        // If the schema or the model leaves most fields unmapped, the mapped ones are the exception: timestamps, or columns that another system named.
        if (!MapsMost([.. project.OwnModels.SelectMany(SeveralWords)]))
            return;

        foreach (var model in project.OwnModels)
        {
            Field[] fields = [.. SeveralWords(model)];
            if (!MapsMost(fields))
                continue;

            foreach (var field in fields.Where(f => f.MappedName is null))
                sink.Report(Describe(field, model, fields.Count(IsMapped), project));
        }
    }

    private static IEnumerable<Field> SeveralWords(Model model) => model.ScalarFields.Where(f => NameStyles.Of(f.Name) is NameStyle.Camel);

    private static bool MapsMost(Field[] fields) => fields.Count(IsMapped) > fields.Count(f => f.MappedName is null);

    private static bool IsMapped(Field field) => field.MappedName is { } name && NameStyles.Of(name) is NameStyle.Snake;

    private static Observation Describe(Field field, Model model, int mapped, ProjectFacts project) => new()
    {
        Title = $"{field} has no @map, although {Plural.Of(mapped, "other field", "other fields")} of {model.Name} {(mapped == 1 ? "is" : "are")} mapped to snake_case",
        Message = $"Its column is {field.DatabaseName}.",
        Impact = "The table has columns in two spellings, which SQL written by hand has to look up.",
        Recommendation = "Rename the column in a migration and add @map. The API of Prisma Client does not change, but SQL and other programs that name the columns do.",
        Project = project.Name,
        Subject = new Subject(SubjectKind.Field, field.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name, field.Name),
        Expected = NameWords.ToSnake(field.Name),
        Found = field.Name,
        Locations = [new FindingLocation(LocationRole.Schema, field.Location)],
        Cause = new Cause(CauseKind.Convention, "naming/inconsistent-mapping", "Columns are mapped to snake_case in part"),
    };

    private static FindingText Word(ImmutableArray<ReportedObservation> observations)
    {
        string[] models = [.. observations.Select(o => o.Observation.Subject.Model!).Distinct(StringComparer.Ordinal)];
        return new FindingText(
            $"{observations.Length} fields of {(models.Length == 1 ? models[0] : $"{models.Length} models")} have no @map, although most fields of several words there are mapped to snake_case",
            models.Length == 1 ? "Their columns are named in camelCase." : $"Their columns are named in camelCase. The models are {NameList.Of(models)}.",
            observations[0].Observation.Impact,
            "Rename the columns in a migration and add @map. The API of Prisma Client does not change, but SQL and other programs that name the columns do.");
    }
}
