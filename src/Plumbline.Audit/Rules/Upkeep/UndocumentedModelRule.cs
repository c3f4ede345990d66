using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Models without a comment in a schema that documents the others.</summary>
internal sealed class UndocumentedModelRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/undocumented-model",
        Title = "Models are not documented, though others are",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Models without a comment (`///` or `//`) before them or behind any of their fields, in a schema where at least a quarter of the models have one. All of them are one finding.",
        Why = "Comments in the schema reach the generated client and everyone who reads it. Where some models have them, the others are those that were forgotten.",
        Bad = """
            ```prisma
            /// A person who can sign in.
            model User {
              id Int @id
            }

            model Grant {
              id Int @id
            }
            ```
            """,
        Good = """
            ```prisma
            /// What a user may do, until when.
            model Grant {
              id Int @id
            }
            ```
            """,
        Fix = "Write one line before the model: what a row stands for, and who owns it.",
        WhenOff = "When the schema is documented elsewhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        Model[] models = [.. prisma.Models];
        Model[] silent = [.. models.Where(m => string.IsNullOrWhiteSpace(m.Documentation) && m.Fields.All(f => string.IsNullOrWhiteSpace(f.Documentation)))];
        if (silent.Length == 0 || (models.Length - silent.Length) * 4 < models.Length)
            return;

        sink.Report(new Observation
        {
            Title = $"{silent.Length} of {models.Length} models are not documented",
            Message = $"These models have no comment: {string.Join(", ", silent.Take(20).Select(m => m.Name))}{(silent.Length > 20 ? ", …" : "")}.",
            Impact = "What a row of them stands for has to be guessed from the code.",
            Recommendation = "Write one line before each: what a row stands for, and who owns it.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Model, silent[0].DatabaseName, Model: silent[0].Name),
            Locations = [.. silent.Select(m => new FindingLocation(LocationRole.Schema, m.Location))],
        });
    }
}
