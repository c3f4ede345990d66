using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Models without @@map whose tables do not follow the convention of most tables.</summary>
internal sealed class MissingMapRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/missing-map",
        Title = "Models without @@map break the naming convention of the tables",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Models without `@@map` whose tables, named like the model, do not follow the convention of more than half of the tables. `naming/table-name` uses the same convention for mapped tables. All of them are one finding.",
        Why = "Mixed table names have to be looked up and quoted one by one in SQL, policies, dashboards and every other tool that reads the database.",
        Bad = """
            ```prisma
            model Person {
              id Int @id
            }
            model User {
              id Int @id
              @@map("users")
            }
            model FoodEntry {
              id Int @id
              @@map("food_entries")
            }
            model FoodPhoto {
              id Int @id
              @@map("food_photos")
            }
            ```
            """,
        Good = """
            ```prisma
            model Person {
              id Int @id
              @@map("persons")
            }
            model User {
              id Int @id
              @@map("users")
            }
            model FoodEntry {
              id Int @id
              @@map("food_entries")
            }
            model FoodPhoto {
              id Int @id
              @@map("food_photos")
            }
            ```
            """,
        Fix = "Rename the tables in a migration (`ALTER TABLE \"Person\" RENAME TO \"persons\"`) and add `@@map`. The API of Prisma Client does not change, but SQL and other programs that name the tables do.",
        WhenOff = "When other systems read the tables by their current names.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is null || NameConvention.OfTables([.. project.OwnModels.Select(m => m.DatabaseName)]) is not { } convention)
            return;

        // Where tables are named like models, naming/model-name judges the models that are not.
        if (convention.Style == NameStyle.Pascal || project.OwnModels.All(m => m.MappedName is null))
            return;

        Model[] others = [.. project.OwnModels.Where(m => m.MappedName is null && !NameStyles.Of(m.Name).Fits(convention.Style))];
        foreach (var model in others)
        {
            sink.Report(new Observation
            {
                Title = $"The model {model.Name} has no @@map, so its table is not named in {convention.Style.Name()}",
                Message = convention.TextOfTables(others.Length, "has an @@map", "have an @@map"),
                Impact = "SQL written by hand has to use a different spelling for this table.",
                Recommendation = "Rename the table in a migration and add @@map. The API of Prisma Client does not change, but SQL and other programs that name the table do.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Model, model.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
                Expected = convention.Style.Name(),
                Found = NameStyles.Of(model.Name).Name(),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = new Cause(CauseKind.Convention, $"naming/missing-map {convention.Style}", convention.Text("tables")),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} models have no @@map, so their tables are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        "SQL written by hand has to use a different spelling for each of them.",
        "Rename the tables in a migration and add @@map. The API of Prisma Client does not change, but SQL and other programs that name the tables do.");
}
