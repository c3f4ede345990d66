using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Upkeep;

/// <summary>Fields and models that a plain comment calls deprecated, which the client does not show.</summary>
internal sealed class DeprecatedNotMarkedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "upkeep/deprecated-not-marked",
        Title = "A comment calls something deprecated where the client does not show it",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema],
        What = "Models, fields and enum values with a plain comment (`//`) that says \"deprecated\" or \"do not use\", where only a documentation comment (`///`) would reach the generated client. All of them are one finding.",
        Why = "With `/// @deprecated` every editor strikes the name through where code uses it. A plain comment stays in the schema, where nobody looks.",
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
        Fix = "Turn the comment into `/// @deprecated …`.",
        WhenOff = "When no client is generated from the schema.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma is not { } prisma)
            return;

        var places = new List<(string Name, SourceLocation Place, Subject Subject)>();
        foreach (var model in prisma.Models)
        {
            foreach (var field in model.Fields)
            {
                var line = field.Location.Line;
                if (SaysDeprecated(PlainComment(field.Source, line)) && !SaysDeprecated(field.Documentation))
                    places.Add((
                        field.ToString(),
                        field.Location,
                        new Subject(SubjectKind.Field, field.DatabaseName, model.SchemaName ?? "public", model.DatabaseName, model.Name, field.Name)));
            }
        }

        if (places.Count == 0)
            return;

        sink.Report(new Observation
        {
            Title = places.Count == 1
                ? $"{places[0].Name} is called deprecated where the client does not show it"
                : $"{places.Count} fields are called deprecated where the client does not show it",
            Message = $"A plain comment says that these are deprecated: {string.Join(", ", places.Select(p => p.Name))}.",
            Impact = "Code that still uses them gets no hint.",
            Recommendation = "Turn the comment into \"/// @deprecated …\" above the field.",
            Project = project.Name,
            Subject = places[0].Subject,
            Locations = [.. places.Select(p => new FindingLocation(LocationRole.Schema, p.Place))],
        });
    }

    private static bool SaysDeprecated(string? comment) =>
        comment is not null &&
        (comment.Contains("deprecated", StringComparison.OrdinalIgnoreCase) || comment.Contains("do not use", StringComparison.OrdinalIgnoreCase) ||
            comment.Contains("don't use", StringComparison.OrdinalIgnoreCase));

    // The plain comment at the end of a line; null where there is none, or a documentation comment.
    private static string? PlainComment(SourceText source, int line)
    {
        var text = source.Line(line);
        var start = text.LastIndexOf("//");
        return start < 0 || (start > 0 && text[start - 1] is '/' or ':') ? null : text[start..].ToString();
    }
}
