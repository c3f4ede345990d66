using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration changes the structure of tables and the rows in them.</summary>
internal sealed class DataAndSchemaMixedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/data-and-schema-mixed",
        Title = "Schema and data are changed in one migration",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Migrations that change existing tables and, in the same file, insert, update or delete rows of existing tables.",
        Why = "Everything runs in one transaction. The locks for the schema change are held while the rows are changed, and if one part fails, the other is rolled back.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "locale" TEXT;
            UPDATE "users" SET "locale" = 'en';
            ```
            """,
        Good = """
            ```sql
            -- one migration adds the column, another, or a script, fills it
            ```
            """,
        Fix = "Split it: one migration for the schema, and another one, or a script that works in batches, for the data.",
        WhenOff = "When the tables are small.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Locks on the tables are held while rows are changed.",
            "Change the data in a separate migration, or in batches with a script.")
    {
        FollowsFromPrisma = true,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        var table = statement.Syntax switch
        {
            UpdateStatement update => update.Table.Name,
            DeleteStatement delete => delete.Table.Name,
            InsertStatement { Source.Body: not ValuesBody } insert => insert.Table,
            _ => null,
        };
        if (table is null || statements.IsNewTable(statement, table))
            yield break;

        // One place for each migration: the first statement that changes rows.
        var own = statements.AsRun.Where(s => ReferenceEquals(s.Migration, statement.Migration));
        if (own.Any(s => s.Syntax is AlterTableStatement { Kind: SqlObjectKind.Table } alter && !statements.IsNewTable(s, alter.Name)) &&
            !own.Any(s => s.IsBefore(statement) && s.Syntax is UpdateStatement or DeleteStatement))
        {
            yield return new StatementHit(
                $"{statement.Migration.Name} changes tables and the rows of {table}",
                new Subject(SubjectKind.Migration, statement.Migration.Name),
                statement.LocationOf(statement.Syntax));
        }
    }
}
