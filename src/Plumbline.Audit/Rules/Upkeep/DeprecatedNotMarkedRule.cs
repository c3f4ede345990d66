using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Fields that a plain comment calls deprecated, which the generated client does not show.</summary>
internal sealed class DeprecatedNotMarkedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/deprecated-not-marked",
        Title = "A plain comment says that a field is deprecated, but the client does not show it",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Fields with a plain comment (`//`) at the end of their line that says \"deprecated\" or \"do not use\". Only a documentation comment (`///`) reaches the generated client. All of them are one finding.",
        Why = "With `/// @deprecated`, editors strike the name through wherever code uses it. A plain comment is visible only in the schema.",
        Bad = """
            ```prisma
            model User {
              id   Int     @id
              plan String? // deprecated, use subscription
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id   Int     @id
              /// @deprecated Use `subscription`.
              plan String?
            }
            ```
            """,
        Fix = "Turn the comment into `/// @deprecated …` above the field.",
        WhenOff = "When no client is generated from the schema.",
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

        foreach (var model in prisma.Models)
        {
            foreach (var field in model.Fields)
            {
                if (!SaysDeprecated(PlainComment(field.Source, field.Location.Line)) || SaysDeprecated(field.Documentation))
                    continue;

                sink.Report(new Observation
                {
                    Title = $"{field} is deprecated according to a plain comment, which the client does not show",
                    Message = "Prisma copies only documentation comments (///) to the generated client.",
                    Impact = "Editors do not warn about code that still uses the field.",
                    Recommendation = "Turn the comment into \"/// @deprecated …\" above the field.",
                    Project = project.Name,
                    Subject = new Subject(SubjectKind.Field, field.DatabaseName, project.SchemaOf(model.SchemaName), model.DatabaseName, model.Name, field.Name),
                    Locations = [new FindingLocation(LocationRole.Schema, field.Location)],
                    Cause = new Cause(CauseKind.Convention, "upkeep/deprecated-not-marked", "Plain comments say that fields are deprecated"),
                });
            }
        }
    }

    private static FindingText Word(ImmutableArray<ReportedObservation> observations) => new(
        $"{observations.Length} fields are deprecated according to plain comments, which the client does not show",
        observations[0].Observation.Message,
        "Editors do not warn about code that still uses the fields.",
        observations[0].Observation.Recommendation);

    private static bool SaysDeprecated(string? comment) =>
        comment is not null &&
        (comment.Contains("deprecated", StringComparison.OrdinalIgnoreCase) || comment.Contains("do not use", StringComparison.OrdinalIgnoreCase) ||
            comment.Contains("don't use", StringComparison.OrdinalIgnoreCase));

    // The plain comment at the end of a line; null where there is none or it is a documentation comment.
    private static string? PlainComment(SourceText source, int line)
    {
        var text = source.Line(line);
        var start = text.LastIndexOf("//");
        return start < 0 || (start > 0 && text[start - 1] is '/' or ':') ? null : text[start..].ToString();
    }
}
