using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Naming;

/// <summary>Models that are not named as the others.</summary>
internal sealed class ModelNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "naming/model-name",
        Title = "Models are not named alike",
        Severity = Severity.Low,
        Needs = [RuleNeed.Schema],
        What = "Models whose names do not follow the convention of the others (PascalCase, unless most models follow another). All of them are one finding.",
        Why = "Prisma's client turns model names into property names; a schema with two conventions gives an API that nobody can guess.",
        Bad = """
            ```prisma
            model User { id Int @id }
            model blog_post { id Int @id }
            ```
            """,
        Good = """
            ```prisma
            model User { id Int @id }
            model BlogPost {
              id Int @id
              @@map("blog_post")
            }
            ```
            """,
        Fix = "Rename the model in the schema and keep the table by `@@map`. No migration is needed.",
        WhenOff = "When the models were introspected from a database that another system owns.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Model[] models = [.. prisma.Models];
        var convention = NameStyles.Prevailing(models.Select(m => m.Name)) ?? NameStyle.Pascal;
        Model[] others = [.. models.Where(m => !NameStyles.Of(m.Name).Fits(convention) && !IsOneWord(m.Name, convention))];
        if (models.Length < 4 || others.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = others.Length == 1
                ? $"The model {others[0].Name} is not named in {convention.Name()} as the others"
                : $"{others.Length} models are not named in {convention.Name()} as the others",
            Message = $"Of {models.Length} models these do not follow {convention.Name()}: {string.Join(", ", others.Select(m => m.Name))}.",
            Impact = "The client's API mixes two conventions, and nobody can guess a name.",
            Recommendation = "Rename the models in the schema and keep their tables by @@map; the database does not change.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Model, others[0].DatabaseName, Model: others[0].Name),
            Expected = convention.Name(),
            Found = NameStyles.Of(others[0].Name).Name(),
            Locations = [.. others.Select(m => new FindingLocation(LocationRole.Schema, m.Location))],
        });
    }

    // USER is both UPPER_CASE and a PascalCase abbreviation.
    private static bool IsOneWord(string name, NameStyle convention) =>
        convention == NameStyle.Pascal && NameStyles.Of(name) == NameStyle.Upper && !name.Contains('_');
}
