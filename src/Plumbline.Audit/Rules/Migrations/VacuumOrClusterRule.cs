using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>VACUUM FULL and CLUSTER rewrite a table under an exclusive lock.</summary>
internal sealed class VacuumOrClusterRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/vacuum-or-cluster",
        Title = "A migration runs VACUUM or CLUSTER",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements `VACUUM` and `CLUSTER` in migrations.",
        Why = "`VACUUM FULL` and `CLUSTER` rewrite the table and lock it until they are done. A plain `VACUUM` cannot run in a transaction, and PostgreSQL runs a migration with several statements as one.",
        Bad = """
            ```sql
            VACUUM FULL "events";
            ```
            """,
        Good = """
            ```sql
            -- leave it to autovacuum, or run it by hand in a quiet hour
            ```
            """,
        Fix = "Remove it from the migration.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is unavailable until it is rewritten, or the migration fails because it runs in a transaction.",
            "Remove it from the migrations, and run it by hand when it is needed.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is MaintenanceStatement { Command: "VACUUM" or "CLUSTER" } command && !IsEmpty(command))
        {
            var table = command.Relations.IsDefaultOrEmpty ? null : command.Relations[0].Name;
            yield return new StatementHit(
                $"{command.Command} runs on {table?.ToString() ?? "the database"}",
                table is null
                    ? new Subject(SubjectKind.Database, "database")
                    : new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                statement.LocationOf(command));
        }

        // VACUUM fails on an empty table too.
        bool IsEmpty(MaintenanceStatement command) =>
            command is { Command: "CLUSTER", Relations: { IsDefaultOrEmpty: false } relations } && relations.All(r => statements.IsNewTable(statement, r.Name));
    }
}
