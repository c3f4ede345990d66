using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A column is dropped while the running application may still use it.</summary>
internal sealed class DropColumnRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/drop-column",
        Title = "A column with its data is dropped",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements that drop a column, unless the same migration made it.",
        Why = "The data is gone at once, and a version of the application that still runs, or a Prisma client that still selects the column, fails on every query of the table.",
        Bad = """
            ```sql
            ALTER TABLE "users" DROP COLUMN "name";
            ```
            """,
        Good = """
            ```sql
            -- first deploy an application that no longer uses the column, then, in a later migration:
            ALTER TABLE "users" DROP COLUMN "name";
            ```
            """,
        Fix = "Deploy in two steps: first the code and schema without the field, then the migration that drops the column. Keep a copy of data that may be needed.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The data is lost, and every running client that still knows the column fails on the table.",
            "Drop a column only after no deployed version uses it, and keep a copy of data that may be needed.")
        {
            Effort = Effort.Medium,
        });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is DropColumnAction drop && !statements.IsNewColumn(statement, table, drop.Column.Name))
                yield return new StatementHit(
                    $"The column {table}.{drop.Column} is dropped",
                    new Subject(SubjectKind.Column, drop.Column.Name, table.Schema ?? "public", table.Name),
                    statement.LocationOf(action));
        }
    }
}
