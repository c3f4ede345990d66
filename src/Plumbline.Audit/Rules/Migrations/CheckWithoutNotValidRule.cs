using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A CHECK constraint is added and checked in one step.</summary>
internal sealed class CheckWithoutNotValidRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/check-without-not-valid",
        Title = "A check is added without NOT VALID",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a CHECK constraint without NOT VALID to a table that was there before.",
        Why = "The table is locked against everything until every row is checked. With NOT VALID the lock is short, and VALIDATE CONSTRAINT checks while others write.",
        Bad = """
            ```sql
            ALTER TABLE "items" ADD CONSTRAINT "items_price_check" CHECK ("price" >= 0);
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "items" ADD CONSTRAINT "items_price_check" CHECK ("price" >= 0) NOT VALID;
            -- in a migration of its own:
            ALTER TABLE "items" VALIDATE CONSTRAINT "items_price_check";
            ```
            """,
        Fix = "Add it NOT VALID, and validate it in a migration of its own.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table can not be used until every row is checked, and one row that breaks the rule makes the migration fail.",
            "Add it NOT VALID, and VALIDATE CONSTRAINT in a migration of its own.")
        {
            HarmBegins = RowFacts.Few,
        });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: CheckDefinition { IsNotValid: false } check } && !statements.IsNewTable(statement, table))
                yield return new StatementHit(
                    $"A check on {table} is added and checked at once",
                    new Subject(SubjectKind.Constraint, check.Name?.Name ?? "check", table.Schema ?? "public", table.Name),
                    statement.LocationOf(action));
        }
    }
}
