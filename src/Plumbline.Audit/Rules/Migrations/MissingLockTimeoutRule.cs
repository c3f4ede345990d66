using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that take strong locks and never say how long they may wait for them.</summary>
internal sealed class MissingLockTimeoutRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/missing-lock-timeout",
        Title = "No migration sets lock_timeout",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Histories that alter existing tables, in which no migration sets `lock_timeout`. Reported once for the history; with `--since`, only later migrations are checked.",
        Why = "An ALTER TABLE that waits for one long query blocks all later queries of the table. With `lock_timeout` it gives up and can be retried.",
        Bad = "```sql\nALTER TABLE \"events\" ADD COLUMN \"kind\" TEXT;\n```",
        Good = "```sql\nSET lock_timeout = '5s';\nALTER TABLE \"events\" ADD COLUMN \"kind\" TEXT;\n```",
        Fix = "Start migrations of busy tables with `SET lock_timeout = '5s'`, or set it for the role that runs them.",
        WhenOff = "When the role that runs the migrations has `lock_timeout` set.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        var statements = project.Statements;
        var pendingOnly = statements.All.Any(s => s.IsPending);
        var looked = statements.All.Where(s => s.IsPending || !pendingOnly).ToArray();
        if (looked.Any(s => s.Syntax is SetStatement { Name: "lock_timeout" }))
            return;

        var altering = looked.Where(s => s.Syntax is AlterTableStatement { Kind: SqlObjectKind.Table } alter && !statements.IsNewTable(s, alter.Name))
            .DistinctBy(s => s.Migration)
            .ToArray();
        if (altering.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = $"{Plural.Of(altering.Length, "migration alters", "migrations alter")} existing tables without a lock_timeout",
            Message = "No migration sets lock_timeout, so an ALTER TABLE waits for its lock without limit.",
            Impact = "While one long query runs, the statement waits, and all later queries of the table wait behind it.",
            Recommendation = "Start the next migration of a busy table with SET lock_timeout = '5s'.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, project.Project.History!.Path),
            Locations = [new FindingLocation(LocationRole.Migration, altering[^1].LocationOf(altering[^1].Syntax))],
        });
    }
}
