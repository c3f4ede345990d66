using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>The database that the migrations make for real is another one than the replay in memory makes.</summary>
internal sealed class ShadowDiffersRule : Rule
{
    private const int Shown = 10;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/shadow-differs",
        Title = "The migrations make another database for real than in memory",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = """
            With `--shadow`: objects by which the database that the migrations really make differs from the one that the replay in memory makes, and statements that the
            server runs where the replay expected a refusal. All of them are one finding. It says of each whether the Prisma schema has it so.
            """,
        Why = "What the other rules say about the migrations is said of the replay. Where a migration makes objects by dynamic SQL, only a server knows what they are.",
        Bad = """
            ```sql
            DO $$ DECLARE t text; BEGIN
              FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP EXECUTE format('ALTER TABLE %I ADD COLUMN tenant_id uuid', t); END LOOP;
            END $$;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "orders" ADD COLUMN "tenant_id" uuid;
            ```
            """,
        Fix = "Hold what is listed against the schema. Where a migration can say in plain statements what it makes, let the next one do so.",
        WhenOff = "When the differences are known and the schema agrees with the server.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.ShadowDisagreements is { IsEmpty: true })
            sink.Verify("shadow-agrees", project.Agreements.History, project.Name, project.Agreements.Order);

        if (project.ShadowDisagreements is not { } found || (found.Changes.IsEmpty && found.Accepted.IsEmpty))
            return;

        var missing = project.Drift is { } drift ? drift.Changes.Select(LiveDrift.Key).ToHashSet(StringComparer.Ordinal) : [];
        var lines = found.Changes.Select(change => Line(change) + (missing.Contains(LiveDrift.Key(change)) ? ", as the Prisma schema has it" : ""))
            .Concat(found.Accepted.Select(outcome => $"the server runs the statement at {outcome.Location}, which the replay expected to fail ({outcome.Error})"))
            .ToList();
        sink.Report(new Observation
        {
            Title = $"The migrations make another database on {project.Shadow!.Server} than in memory, in {lines.Count} {(lines.Count == 1 ? "place" : "places")}",
            Message = string.Join("; ", lines.Take(Shown)) + (lines.Count > Shown ? $"; and {lines.Count - Shown} more." : "."),
            Impact = "What is said here of the migrations' database does not hold in these places.",
            Recommendation = "Hold these objects against the schema by hand; where the replay is wrong, it is a fault of plumb worth reporting.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, project.Project.History!.Path),
            Locations = [.. found.Accepted.Select(outcome => new FindingLocation(LocationRole.Migration, outcome.Location))],
        });
    }

    private static string Line(SchemaChange change) => (change.From, change.To) switch
    {
        (null, _) => $"the server has {LiveDriftText.What(change)}, the replay does not",
        (_, null) => $"the replay has {LiveDriftText.What(change)}, the server does not",
        _ => $"{LiveDriftText.What(change)} is {change.To} on the server and {change.From} in the replay",
    };
}
