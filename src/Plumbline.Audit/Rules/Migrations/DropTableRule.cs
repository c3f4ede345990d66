using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

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
        var named = statement.Syntax is DropStatement { Kind: SqlObjectKind.Table } drop ? drop.Objects : [];
        foreach (var dropped in named)
        {
            if (dropped.Name is { } table && statement.Did(ObjectChangeKind.Drop, ObjectKind.Table, table.Name) && !statements.IsNewTable(statement, table))
                yield return Hit(new ObjectName(statements.SchemaOf(table), table.Name), table.ToString(), statement.LocationOf(dropped));
        }

        // A table goes with its schema too. What goes with a table is its partitions.
        foreach (var change in statement.Effects ?? [])
        {
            if (named.IsEmpty && change is { Kind: ObjectChangeKind.Drop, ObjectKind: ObjectKind.Table } && !statements.IsNewTable(statement, change.Name))
                yield return Hit(change.Name, change.Name.Name, statement.LocationOf(statement.Syntax));
        }
    }

    private static StatementHit Hit(ObjectName table, string written, SourceLocation place) =>
        new($"The table {written} is dropped", new Subject(SubjectKind.Table, table.Name, table.Schema, table.Name), place);
}
