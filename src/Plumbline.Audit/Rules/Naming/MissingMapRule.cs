using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Models without @@map in a schema that maps its tables.</summary>
internal sealed class MissingMapRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/missing-map",
        Title = "Models have no @@map, and their tables break the convention of the others",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Models without `@@map` in a schema where others map their tables to snake_case, so that tables in PascalCase stand beside tables in snake_case. All of them are one finding.",
        Why = "Mixed table names have to be remembered and quoted one by one in SQL, policies, dashboards and every other tool that reads the database.",
        Bad = """
            ```prisma
            model Person {
              id Int @id
            }
            model FoodEntry {
              id Int @id
              @@map("food_entries")
            }
            ```
            """,
        Good = """
            ```prisma
            model Person {
              id Int @id
              @@map("persons")
            }
            model FoodEntry {
              id Int @id
              @@map("food_entries")
            }
            ```
            """,
        Fix = "Rename the tables in a migration (`ALTER TABLE \"Person\" RENAME TO \"persons\"`) and add `@@map`. The client's API does not change.",
        WhenOff = "When other systems read the tables by their present names.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Model[] models = [.. prisma.Models];
        Model[] snake = [.. models.Where(m => m.MappedName is not null && NameStyles.Of(m.DatabaseName) is NameStyle.Snake or NameStyle.Lower)];
        Model[] unmapped = [.. models.Where(m => m.MappedName is null && NameStyles.Of(m.Name) is NameStyle.Pascal)];
        if (snake.Length < 2 || unmapped.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = $"{unmapped.Length} of {models.Length} models have no @@map: their tables are in PascalCase beside {snake.Length} in snake_case",
            Message = $"Without @@map a table is called as its model. These are: {string.Join(", ", unmapped.Select(m => m.Name))}. Mapped to snake_case are, for example, {string.Join(", ", snake.Take(3).Select(m => m.DatabaseName))}.",
            Impact = "SQL written by hand has to remember, and quote, each table's own spelling.",
            Recommendation = "Choose one convention. To move to snake_case rename each table in a migration and add @@map; the client's API does not change.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Model, unmapped[0].DatabaseName, Model: unmapped[0].Name),
            Expected = "snake_case",
            Found = "PascalCase",
            Locations = [.. unmapped.Select(m => new FindingLocation(LocationRole.Schema, m.Location))],
        });
    }
}
