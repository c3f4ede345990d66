using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Models whose names do not follow the convention of the others.</summary>
internal sealed class ModelNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/model-name",
        Title = "Models do not follow one naming convention",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Models whose names do not follow the convention of the others: PascalCase, unless most models follow another one. Schemas with fewer than four models are not checked. All of them are one finding.",
        Why = "Prisma Client turns model names into property names. With several conventions, developers have to look up the spelling of each model.",
        Bad = """
            ```prisma
            model User {
              id Int @id
            }
            model Team {
              id Int @id
            }
            model Invoice {
              id Int @id
            }
            model blog_post {
              id Int @id
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id Int @id
            }
            model Team {
              id Int @id
            }
            model Invoice {
              id Int @id
            }
            model BlogPost {
              id Int @id
              @@map("blog_post")
            }
            ```
            """,
        Fix = "Rename the model in the schema and keep the table name with `@@map`. No migration is needed.",
        WhenOff = "When the models were introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Model[] models = [.. prisma.Models];
        var convention = NameStyles.Prevailing(models.Select(m => m.Name)) ?? NameStyle.Pascal;
        Model[] others = [.. models.Where(m => !NameStyles.Of(m.Name).Fits(convention) && !IsOneWord(m.Name, convention))];
        if (models.Length < 4)
            return;

        var counts = $"{models.Length - others.Length} of {models.Length} models are named in {convention.Name()}";
        foreach (var model in others)
        {
            sink.Report(new Observation
            {
                Title = $"The model {model.Name} is not named in {convention.Name()}",
                Message = $"{counts}.",
                Impact = "The client's API mixes naming conventions.",
                Recommendation = "Rename the model in the schema and keep the table name with @@map; the database does not change.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Model, model.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
                Expected = convention.Name(),
                Found = NameStyles.Of(model.Name).Name(),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = new Cause(CauseKind.Convention, $"naming/model-name {convention}", counts),
            });
        }
    }

    // USER is both UPPER_CASE and a PascalCase abbreviation.
    private static bool IsOneWord(string name, NameStyle convention) =>
        convention == NameStyle.Pascal && NameStyles.Of(name) == NameStyle.Upper && !name.Contains('_');

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} models are not named in {observations[0].Observation.Expected}",
        observations[0].Observation.Message,
        observations[0].Observation.Impact,
        "Rename the models in the schema and keep the table names with @@map; the database does not change.");
}
