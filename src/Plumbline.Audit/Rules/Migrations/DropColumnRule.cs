using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

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
        What = "Statements that drop a column, unless the same migration created it.",
        Why = "The data is lost. Running instances of the application whose Prisma Client still selects the column fail on every query of the table.",
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
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The data is lost, and running clients that still select the column fail on every query of the table.",
            "Drop a column only after no deployed version uses it, and keep a copy of data that may be needed.")
    {
        Effort = Effort.Medium,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is DropColumnAction { Column.Name: var column } && statement.Did(ObjectChangeKind.Drop, ObjectKind.Column, table.Name, column) && !statements.IsNewOrPendingColumn(statement, table, column))
                yield return Hit(new ObjectName(statements.SchemaOf(table), table.Name), table.ToString(), column, statement.LocationOf(action));
        }

        // A column goes with its type or domain too.
        foreach (var change in statement.Effects ?? [])
        {
            if (change is { Kind: ObjectChangeKind.Drop, ObjectKind: ObjectKind.Column, Origin: ChangeOrigin.Cascade, Member: { } column } &&
                statement.Syntax is DropStatement && !statements.IsNewOrPendingColumn(statement, change.Name, column))
                yield return Hit(change.Name, change.Name.Name, column, statement.LocationOf(statement.Syntax));
        }
    }

    private static StatementHit Hit(ObjectName table, string written, string column, SourceLocation place) =>
        new($"The column {written}.{column} is dropped", new Subject(SubjectKind.Column, column, table.Schema, table.Name), place);
}
