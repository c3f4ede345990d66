using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A foreign key is added and checked in one step, which locks both tables.</summary>
internal sealed class ForeignKeyWithoutNotValidRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/foreign-key-without-not-valid",
        Title = "A foreign key is added without NOT VALID",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a foreign key without NOT VALID to a table that was there before, referring to one that was there before.",
        Why = "Both tables are locked against writes until every row is checked. With NOT VALID the lock is short, and VALIDATE CONSTRAINT checks while others write.",
        Bad = """
            ```sql
            ALTER TABLE "posts" ADD CONSTRAINT "posts_author_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id");
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "posts" ADD CONSTRAINT "posts_author_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") NOT VALID;
            -- in a migration of its own:
            ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_fkey";
            ```
            """,
        Fix = "Add it NOT VALID, and validate it in a migration of its own.",
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Both tables refuse writes until every row is checked.",
            "Add it NOT VALID, and VALIDATE CONSTRAINT in a migration of its own.")
        {
            HarmBegins = RowFacts.Few,
        });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: ForeignKeyDefinition { IsNotValid: false } key } &&
                !statements.IsNewTable(statement, table) && !statements.IsNewTable(statement, key.ReferencedTable) && !key.Columns.All(c => statements.IsNewColumn(statement, table, c.Name)))
                yield return new StatementHit(
                    $"A foreign key from {table} to {key.ReferencedTable} is added and checked at once",
                    new Subject(SubjectKind.Constraint, key.Name?.Name ?? "foreign key", table.Schema ?? "public", table.Name),
                    statement.LocationOf(action));
        }
    }
}
