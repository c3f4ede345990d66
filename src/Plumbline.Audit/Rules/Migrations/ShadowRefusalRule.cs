using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A statement that a server refuses in a shadow database and that the replay did not refuse.</summary>
internal sealed class ShadowRefusalRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/shadow-refusal",
        Title = "A statement fails in the shadow database",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations],
        What = """
            With `--shadow`: statements that the server refuses when the migrations run on an empty database, and that the replay in memory did not
            refuse. The replay cannot know what dynamic SQL does, which extensions a server has, or what depends on data. Statements that fail after
            such a statement are listed with it.
            """,
        Why = "`prisma migrate deploy` stops there on such a server, and `prisma migrate dev` cannot build its shadow database.",
        Bad = """
            ```sql
            DO $$ BEGIN EXECUTE 'CREATE INDEX ON orders (' || (SELECT string_agg(attname, ',') FROM pg_attribute WHERE false) || ')'; END $$;   -- 22004
            ```
            """,
        Good = """
            ```sql
            CREATE INDEX orders_user_id_idx ON orders (user_id);
            ```
            """,
        Fix = "If the migration is not applied anywhere, correct the statement. Otherwise install what the server lacks, or squash the history into a new baseline.",
        WhenOff = "When no database is ever built from the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.ShadowDisagreements is not { Refused: [var (first, error), .. var others] })
            return;

        var name = project.Final!.Migrations[first.Migration].Name;
        sink.Report(new Observation
        {
            Title = $"{name}: {error.Message}",
            Message = $"{project.Shadow!.Server} refuses this {(first.Command.Length > 0 ? first.Command : "statement")} in a shadow database: {error.SqlState}, {error.Message}." +
                (error.Detail is { } detail ? $" {detail}" : "") + Known(first) +
                (others.Length > 0 ? $" {Plural.Of(others.Length, "later statement fails", "later statements fail")} too." : ""),
            Impact = "prisma migrate deploy stops here when it builds a new database on this server.",
            Recommendation = error.SqlState == "0A000" && first.Command == "CREATE EXTENSION"
                ? "Install the extension on the server, or use a server that has it."
                : "If the migration is not applied anywhere, correct the statement. Otherwise install what the server lacks, or squash the history into a new baseline.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, name),
            SqlState = error.SqlState,
            Locations = [new FindingLocation(LocationRole.Migration, first.Location), .. others.Select(o => new FindingLocation(LocationRole.Migration, o.Statement.Location))],
            Discriminator = $"{name} {error.SqlState} {error.Message}",
            Effort = Effort.Medium,
        });
    }

    private static string Known(StatementOutcome outcome) => outcome switch
    {
        { Kind: OutcomeKind.Refused, Error: { } error } => $" The replay in memory expected {error.SqlState}, {error.Message}.",
        { Kind: OutcomeKind.CannotKnow, Reason: { } reason } => $" The replay in memory could not predict this: {reason}",
        _ => "",
    };
}
