using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>REFRESH MATERIALIZED VIEW without CONCURRENTLY locks out readers.</summary>
internal sealed class RefreshViewLocksRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/refresh-view-locks",
        Title = "A materialized view is refreshed under an exclusive lock",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements `REFRESH MATERIALIZED VIEW` without CONCURRENTLY.",
        Why = "Readers of the view wait until the refresh is done. With CONCURRENTLY, which needs a unique index on the view, they continue.",
        Bad = """
            ```sql
            REFRESH MATERIALIZED VIEW "daily_totals";
            ```
            """,
        Good = """
            ```sql
            REFRESH MATERIALIZED VIEW CONCURRENTLY "daily_totals";
            ```
            """,
        Fix = "Give the view a unique index and refresh it CONCURRENTLY.",
        WhenOff = "When readers may wait.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Readers of the view wait until the refresh is done.",
            "Give the view a unique index and refresh it CONCURRENTLY."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is RefreshMaterializedViewStatement { IsConcurrent: false } refresh && !statements.IsNewOrPending(statement, refresh.Name))
            yield return new StatementHit(
                $"{refresh.Name} is refreshed without CONCURRENTLY",
                new Subject(SubjectKind.View, refresh.Name.Name, statements.SchemaOf(refresh.Name)),
                statement.LocationOf(refresh));
    }
}
