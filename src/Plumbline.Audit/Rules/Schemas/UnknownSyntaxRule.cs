using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>Statements of the migrations that were not understood. Each project gets one finding.</summary>
internal sealed class UnknownSyntaxRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/unknown-syntax",
        Title = "Statements of the migrations were not understood",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = """
            Statements of the migrations that the reader does not understand, such as those with a psql variable, whose value is unknown. They are left
            out of the replay. Each project gets one finding.
            """,
        Why = "The replay does not include the effect of such a statement, so other findings may be wrong.",
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
        Fix = "Check the statements by hand. If they change the structure of the database, findings about the same objects may be wrong.",
        WhenOff = "When the statements are known to change nothing that the schema contains.",
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
            Impact = "If they change the structure of the database, findings about the same objects may be wrong.",
            Recommendation = "Check the statements by hand.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, project.Project.History!.Path),
            Locations = [.. unknown.Select(o => new FindingLocation(LocationRole.Migration, o.Location))],
        });
    }
}
