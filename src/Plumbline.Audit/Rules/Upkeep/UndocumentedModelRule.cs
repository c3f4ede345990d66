using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Upkeep.Comments;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Models without a comment in a schema that documents others.</summary>
internal sealed class UndocumentedModelRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/undocumented-model",
        Title = "Models have no comment, although others do",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Models without a comment above them or on any of their fields, in a schema where at least a quarter of the models have one. A `plumb-ignore` comment does not count. All of them are one finding.",
        Why = "Comments in the schema reach the generated client and everyone who reads it. Where some models have a comment, it was probably forgotten on the others.",
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
            /// A person who can sign in.
            model User {
              id Int @id
            }

            /// What a user may do, and until when.
            model Grant {
              id Int @id
            }
            ```
            """,
        Fix = "Write one line above the model: what a row represents, and who owns it.",
        WhenOff = "When the schema is documented elsewhere.",
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
        Model[] silent = [.. models.Where(m => !SchemaComments.Documents(m.Documentation) && !m.Fields.Any(f => SchemaComments.Documents(f.Documentation)))];
        if (silent.Length == 0 || (models.Length - silent.Length) * 4 < models.Length)
            return;

        var counts = $"{models.Length - silent.Length} of {models.Length} models have a comment";
        foreach (var model in silent)
        {
            sink.Report(new Observation
            {
                Title = $"The model {model.Name} has no comment",
                Message = $"{counts}.",
                Impact = "Readers have to work out from the code what its rows represent.",
                Recommendation = "Write one line above the model: what a row represents, and who owns it.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Model, model.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name),
                Locations = [new FindingLocation(LocationRole.Schema, model.Location)],
                Cause = new Cause(CauseKind.Convention, "upkeep/undocumented-model", counts),
            });
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} models have no comment",
        observations[0].Observation.Message,
        "Readers have to work out from the code what the rows represent.",
        "Write one line above each model: what a row represents, and who owns it.");
}
