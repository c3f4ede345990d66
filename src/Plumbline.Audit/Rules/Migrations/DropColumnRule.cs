using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
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
            if (action is DropColumnAction drop && !statements.IsNewColumn(statement, table, drop.Column.Name) &&
                statements.Effects.Drops(statement, ObjectKind.Column, table.Name, drop.Column.Name))
                yield return new StatementHit(
                    $"The column {table}.{drop.Column} is dropped",
                    new Subject(SubjectKind.Column, drop.Column.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }

        foreach (var change in statements.Effects.OfCode(statement))
        {
            if (change is { Kind: ObjectChangeKind.Drop, ObjectKind: ObjectKind.Column, Member: { } column } && !statements.IsNewColumn(statement, change.Name, column))
                yield return new StatementHit(
                    $"The column {change.Name.Name}.{column} is dropped",
                    new Subject(SubjectKind.Column, column, change.Name.Schema, change.Name.Name),
                    StatementEffects.PlaceOf(statement, change));
        }
    }
}
