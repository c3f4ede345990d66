using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>TRUNCATE … CASCADE empties tables that the statement does not name.</summary>
internal sealed class TruncateCascadeRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/truncate-cascade",
        Title = "TRUNCATE … CASCADE empties tables that it does not name",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements `TRUNCATE … CASCADE`.",
        Why = "Every table with a foreign key to a named table is emptied too, and so are the tables that reference those. Which tables these are depends on the database at that moment.",
        Bad = """
            ```sql
            TRUNCATE TABLE "users" CASCADE;
            ```
            """,
        Good = """
            ```sql
            DELETE FROM "users" WHERE "is_test";
            ```
            """,
        Fix = "Name every table to empty, without CASCADE, or delete the intended rows.",
        WhenOff = "Never in migrations that reach real data.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Tables that the statement does not name lose all their rows.",
            "Name every table to empty, without CASCADE, or delete the intended rows."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is TruncateStatement { IsCascade: true } truncate && !truncate.Tables.All(t => statements.IsNewOrPending(statement, t.Name)))
        {
            var table = truncate.Tables[0].Name;
            yield return new StatementHit(
                $"{string.Join(", ", truncate.Tables.Select(t => t.Name.ToString()))} and every table that references {(truncate.Tables.Length == 1 ? "it" : "them")} are emptied",
                new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                statement.LocationOf(truncate));
        }
    }
}
