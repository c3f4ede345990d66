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
        What = "Statements that add a CHECK constraint without NOT VALID to an existing table.",
        Why = "The table is locked until every row is checked. With NOT VALID the lock is short, and VALIDATE CONSTRAINT checks the rows without blocking writes.",
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
        Fix = "Add it as NOT VALID, and validate it in a separate migration.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is unavailable until every row is checked, and one row that violates the check makes the migration fail.",
            "Add it as NOT VALID, and run VALIDATE CONSTRAINT in a separate migration.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: CheckDefinition { IsNotValid: false } check } && !statements.IsNewTable(statement, table))
                yield return new StatementHit(
                    $"A check on {table} is added without NOT VALID",
                    new Subject(SubjectKind.Constraint, check.Name?.Name ?? "check", statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }
    }
}
