using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>Statements of the migrations that were kept, but not understood: one finding for all of a project.</summary>
internal sealed class UnknownSyntaxRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/unknown-syntax",
        Title = "Statements that were not understood and left out",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements of the migrations that are neither refused nor understood, such as those with a variable of psql, whose value nobody knows here. They are left
            out of the replay; all of a project are one finding.
            """,
        Why = "What such a statement does is not in the picture that everything else is judged by. Nothing is dropped in silence.",
        Bad = """
            ```sql
            ALTER TABLE "User" OWNER TO :owner;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "User" OWNER TO app;
            ```
            """,
        Fix = "Look at the statements: where they change the structure of the database, findings about what they touch may be wrong.",
        WhenOff = "When the statements are known to change nothing that the schema speaks of.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        var unknown = project.AsItIs?.Outcomes.Where(o => o.Kind == OutcomeKind.Unknown).ToList() ?? [];
        if (unknown.Count == 0)
            return;

        sink.Report(new Observation
        {
            Title = unknown.Count == 1
                ? "1 statement of the migrations was not understood"
                : $"{unknown.Count} statements of the migrations were not understood",
            Message = "They were left out of the replay, as if they did nothing.",
            Impact = "Where they change the structure of the database, findings about what they touch may be wrong.",
            Recommendation = "Look at the statements.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, project.Project.History!.Path),
            Locations = [.. unknown.Select(o => new FindingLocation(LocationRole.Migration, o.Location))],
        });
    }
}
