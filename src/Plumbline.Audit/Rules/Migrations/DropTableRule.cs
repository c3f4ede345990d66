using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A table is dropped.</summary>
internal sealed class DropTableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/drop-table",
        Title = "A table with its data is dropped",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements that drop a table, unless the same migration created it.",
        Why = "The data is lost, and everything that still reads the table fails.",
        Bad = """
            ```sql
            DROP TABLE "sessions";
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "sessions" RENAME TO "sessions_unused";
            -- and some releases later
            DROP TABLE "sessions_unused";
            ```
            """,
        Fix = "Deploy an application that no longer uses the table first; drop the table in a later migration, after a backup.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The data is lost, and everything that still reads the table fails.",
            "Drop a table only after no deployed version uses it, and after a backup.")
    {
        Effort = Effort.Medium,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var change in statements.Effects.OfCode(statement))
        {
            if (change is { Kind: ObjectChangeKind.Drop, ObjectKind: ObjectKind.Table } && !statements.IsNewTable(statement, change.Name))
                yield return new StatementHit(
                    $"The table {change.Name.Name} is dropped",
                    new Subject(SubjectKind.Table, change.Name.Name, change.Name.Schema, change.Name.Name),
                    StatementEffects.PlaceOf(statement, change));
        }

        if (statement.Syntax is not DropStatement { Kind: SqlObjectKind.Table } drop)
            yield break;

        foreach (var dropped in drop.Objects)
        {
            if (dropped.Name is { } table && !statements.IsNewTable(statement, table) && statements.Effects.Drops(statement, ObjectKind.Table, table.Name))
                yield return new StatementHit(
                    $"The table {table} is dropped",
                    new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(dropped));
        }
    }
}
