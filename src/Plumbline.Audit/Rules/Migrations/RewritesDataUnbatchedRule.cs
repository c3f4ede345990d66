using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>One statement changes every row of a table.</summary>
internal sealed class RewritesDataUnbatchedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/rewrites-data-unbatched",
        Title = "All rows of a table are changed in one statement",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "UPDATE and DELETE without WHERE on existing tables.",
        Why = "Every row is rewritten and stays locked until the migration ends. On a large table the migration runs into timeouts.",
        Bad = """
            ```sql
            UPDATE "users" SET "locale" = 'en';
            ```
            """,
        Good = """
            ```sql
            UPDATE "users" SET "locale" = 'en' WHERE "id" BETWEEN 1 AND 10000; -- and so on, from a script
            ```
            """,
        Fix = "Change the rows in batches with a script, outside the migration.",
        WhenOff = "When the tables are small.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "All rows stay locked until the migration ends, which can take too long on a large table.",
            "Change the rows in batches with a script.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        var table = statement.Syntax switch
        {
            UpdateStatement { Where: null, From.IsEmpty: true } update => update.Table.Name,
            DeleteStatement { Where: null, Using.IsEmpty: true } delete => delete.Table.Name,
            _ => null,
        };
        if (table is not null && !statements.IsNewTable(statement, table))
            yield return new StatementHit(
                $"One statement changes every row of {table}",
                new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                statement.LocationOf(statement.Syntax));
    }
}
