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
        What = "Statements that add a foreign key without NOT VALID to an existing table, referring to another existing table.",
        Why = "Both tables are locked against writes until every row is checked. With NOT VALID the lock is short, and VALIDATE CONSTRAINT checks the rows without blocking writes.",
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
        Fix = "Add it as NOT VALID, and validate it in a separate migration.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Writes to both tables wait until every row is checked.",
            "Add it as NOT VALID, and run VALIDATE CONSTRAINT in a separate migration.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: ForeignKeyDefinition { IsNotValid: false } key } &&
                !statements.IsNewTable(statement, table) && !statements.IsNewOrPending(statement, key.ReferencedTable) && !key.Columns.All(c => statements.IsNewColumn(statement, table, c.Name)))
                yield return new StatementHit(
                    $"A foreign key from {table} to {key.ReferencedTable} is added without NOT VALID",
                    new Subject(SubjectKind.Constraint, key.Name?.Name ?? "foreign key", statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }
    }
}
