using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>SET NOT NULL reads the whole table under an exclusive lock.</summary>
internal sealed class SetNotNullUnvalidatedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/set-not-null-unvalidated",
        Title = "A column is made required without a validated check",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that set NOT NULL on an existing column, where no validated CHECK constraint requires `column IS NOT NULL`.",
        Why = "PostgreSQL scans the whole table under an exclusive lock to verify that no row is NULL. A validated CHECK constraint is proof enough and avoids the scan.",
        Bad = """
            ```sql
            ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD CONSTRAINT "users_name_not_null" CHECK ("name" IS NOT NULL) NOT VALID;
            ALTER TABLE "users" VALIDATE CONSTRAINT "users_name_not_null";
            ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;
            ALTER TABLE "users" DROP CONSTRAINT "users_name_not_null";
            ```
            """,
        Fix = "Add the CHECK constraint as NOT VALID, validate it in a separate migration, then set NOT NULL.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is unavailable while it is scanned, and a NULL in any row makes the migration fail.",
            "Add a CHECK (column IS NOT NULL) as NOT VALID, run VALIDATE CONSTRAINT, then SET NOT NULL.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is SetNotNullAction { IsNotNull: true } set && Changes(statement, table, set) && !statements.IsNewColumn(statement, table, set.Column.Name) &&
                !statements.NotNullChecks.Prove(table, set.Column.Name, statement))
            {
                yield return new StatementHit(
                    $"{table}.{set.Column} is made required",
                    new Subject(SubjectKind.Column, set.Column.Name, statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
            }
        }
    }

    // It may be required already.
    private static bool Changes(MigrationStatement statement, QualifiedName table, SetNotNullAction set) =>
        statement.Effects is null ||
        statement.ColumnChanges(ObjectChangeKind.Change, table.Name, set.Column.Name).Any(c => c is { Before: ColumnState { IsNullable: true }, After: ColumnState { IsNullable: false } });
}
