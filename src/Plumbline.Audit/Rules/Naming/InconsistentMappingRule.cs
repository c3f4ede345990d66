using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Fields without @map in a model that maps the others.</summary>
internal sealed class InconsistentMappingRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/inconsistent-mapping",
        Title = "Some columns of a table are mapped to snake_case and others are not",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema],
        What = "Models where some fields are mapped to snake_case columns by `@map` and others of more than one word are not.",
        Why = "One table then has columns in two spellings (`created_at` and `updatedAt`). It is nearly always a forgotten `@map`, and later changes are expensive: the column must be renamed.",
        Bad = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id        Int      @id
              createdAt DateTime @map("created_at")
              updatedAt DateTime @map("updated_at")
            }
            ```
            """,
        Fix = "Rename the column in a migration (`ALTER TABLE \"User\" RENAME COLUMN \"updatedAt\" TO \"updated_at\"`) and add `@map`.",
        WhenOff = "When other systems read the columns by their present names.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        var places = new List<Field>();
        var models = new List<Model>();
        foreach (var model in prisma.Models)
        {
            Field[] several = [.. model.ScalarFields.Where(f => NameStyles.Of(f.Name) is NameStyle.Camel)];
            Field[] unmapped = [.. several.Where(f => f.MappedName is null)];

            // Where most fields are not mapped, the mapped ones are the exception, for instance for a column that another system named.
            if (unmapped.Length > 0 && several.Count(f => f.MappedName is { } name && NameStyles.Of(name) is NameStyle.Snake) > unmapped.Length)
            {
                places.AddRange(unmapped);
                models.Add(model);
            }
        }

        if (places.Count == 0)
            return;

        sink.Report(new Observation
        {
            Title = places.Count == 1
                ? $"{places[0]} has no @map, though the other fields of its model have one"
                : $"{places.Count} fields of {(models.Count == 1 ? models[0].Name : $"{models.Count} models")} have no @map, though the others there have one",
            Message = $"These fields are columns in camelCase beside columns in snake_case: {string.Join(", ", places.Take(20).Select(f => f.ToString()))}{(places.Count > 20 ? ", …" : "")}.",
            Impact = "One table has columns in two spellings, which SQL written by hand has to remember.",
            Recommendation = "Rename the columns in a migration and add @map; the client's API does not change.",
            Project = project.Name,
            Subject = new Subject(
                SubjectKind.Field, places[0].DatabaseName, models[0].SchemaName ?? "public", models[0].DatabaseName, models[0].Name, places[0].Name),
            Expected = NameStyles.ToSnake(places[0].Name),
            Found = places[0].Name,
            Locations = [.. places.Select(f => new FindingLocation(LocationRole.Schema, f.Location))],
        });
    }
}
