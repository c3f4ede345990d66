using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>The database that the migrations create on a server differs from the one that the replay in memory creates.</summary>
internal sealed class ShadowDiffersRule : Rule
{
    private const int Shown = 10;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/shadow-differs",
        Title = "The migrations create a different database on a server than in memory",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = """
            With `--shadow`: objects that differ between the database that the migrations create on a real server and the one that the replay in
            memory creates, and statements that the server accepts although the replay expected a refusal. All of them are one finding, which says for each
            object whether the Prisma schema agrees with the server.
            """,
        Why = "All other rules about migrations rely on the replay. When a migration creates objects with dynamic SQL, only a server knows what they are.",
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
        Fix = "Compare what is listed with the schema. Prefer plain statements to dynamic SQL in the next migration.",
        WhenOff = "When the differences are known and the schema agrees with the server.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.ShadowDisagreements is { IsEmpty: true } && project.UnreadMigrations.IsEmpty)
            sink.Verify("shadow-agrees", project.Agreements.History, project.Name, project.Agreements.Order);

        if (project.ShadowDisagreements is not { } found || (found.Changes.IsEmpty && found.Accepted.IsEmpty))
            return;

        var missing = project.Drift is { } drift ? drift.Changes.Select(LiveDrift.Key).ToHashSet(StringComparer.Ordinal) : [];
        var unknown = found.Changes.Select(project.Causes.Unknown).ToList();
        var lines = found.Changes.Select((change, i) => Line(change, unknown[i]) + (missing.Contains(LiveDrift.Key(change)) ? ", and the Prisma schema agrees with the server" : ""))
            .Concat(found.Accepted.Select(outcome => $"the server runs the statement at {outcome.Location}, which the replay expected to fail ({outcome.Error})"))
            .ToList();
        sink.Report(new Observation
        {
            Title = $"The migrations create a different database on {project.Shadow!.Server} than in memory, in {Plural.Of(lines.Count, "place", "places")}",
            Message = string.Join("; ", lines.Take(Shown)) + (lines.Count > Shown ? $"; and {lines.Count - Shown} more." : "."),
            Impact = "Other findings about the migrations may be wrong for these objects.",
            Recommendation = "Compare these objects with the schema by hand." + (found.Accepted.IsEmpty && unknown.TrueForAll(statement => statement is not null) ? "" : BugAdvice(project)),
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, project.Project.History!.Path),
            Locations = [.. found.Accepted.Select(outcome => new FindingLocation(LocationRole.Migration, outcome.Location))],
        });
    }

    // What only a server knows is no fault of the replay.
    private static string BugAdvice(ProjectFacts project) => project.Final!.Outcomes.FirstOrDefault(o => o.Kind is OutcomeKind.CannotKnow or OutcomeKind.Unknown) is { } statement
        ? $" The replay does not know what the statement at {statement.Location} does. If that does not explain them, please report it as a bug of plumb."
        : " If the replay is wrong, please report it as a bug of plumb.";

    private static string Line(SchemaChange change, StatementOutcome? unknown) => (change.From, change.To) switch
    {
        (null, _) when unknown is not null => $"the server has {LiveDriftText.What(change)}, which the statement at {unknown.Location} may have made",
        (_, null) when unknown is not null => $"the server does not have {LiveDriftText.What(change)}, which the statement at {unknown.Location} may have dropped",
        (null, _) => $"the server has {LiveDriftText.What(change)}, the replay does not",
        (_, null) => $"the replay has {LiveDriftText.What(change)}, the server does not",
        _ => $"{LiveDriftText.What(change)} is {change.To} on the server and {change.From} in the replay",
    };
}
