using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A table is renamed under the running application.</summary>
internal sealed class RenameTableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/rename-table",
        Title = "A table is renamed",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Statements that rename an existing table.",
        Why = "Between the migration and the restart of the last application instance, queries that use the old name fail.",
        Bad = """
            ```sql
            ALTER TABLE "User" RENAME TO "users";
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "User" RENAME TO "users";
            CREATE VIEW "User" AS SELECT * FROM "users"; -- until nobody uses the old name
            ```
            """,
        Fix = "Keep the table name with `@@map`, or leave an updatable view under the old name until all clients are replaced.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Running clients that use the old name fail until they are replaced.",
            "Keep the table name with @@map, or leave a view under the old name for a while.")
    {
        Effort = Effort.Medium,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is RenameStatement { Member: null, Object: { Kind: SqlObjectKind.Table, Name: { } table } } rename &&
            statement.Did(ObjectChangeKind.Rename, ObjectKind.Table, rename.NewName.Name) && !statements.IsNewTable(statement, table))
            yield return new StatementHit(
                $"The table {table} is renamed to {rename.NewName}",
                new Subject(SubjectKind.Table, table.Name, statements.SchemaOf(table), table.Name),
                statement.LocationOf(rename));
    }
}
