using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
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
        What = "Statements that set NOT NULL on a column that was there before, where no CHECK constraint of the history says `column IS NOT NULL`.",
        Why = "PostgreSQL reads the whole table under an exclusive lock to see that no row is NULL. With a validated CHECK constraint it takes that as proof and reads nothing.",
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
        Fix = "Add the CHECK constraint NOT VALID, validate it in a migration of its own, then set NOT NULL.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is read from end to end while nobody can use it, and a NULL in any row makes the migration fail.",
            "Prove it first: a CHECK (column IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT, then SET NOT NULL.")
        {
            HarmBegins = RowFacts.Few,
        });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is SetNotNullAction { IsNotNull: true } set && !statements.IsNewColumn(statement, table, set.Column.Name) &&
                !statements.NotNullChecks.Has(table, set.Column.Name, statement))
            {
                yield return new StatementHit(
                    $"{table}.{set.Column} is made required",
                    new Subject(SubjectKind.Column, set.Column.Name, table.Schema ?? "public", table.Name),
                    statement.LocationOf(action));
            }
        }
    }
}
