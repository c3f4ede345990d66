using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A unique constraint builds its index under an exclusive lock.</summary>
internal sealed class UniqueConstraintLocksRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/unique-constraint-locks",
        Title = "A unique constraint is added without an existing index",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a UNIQUE constraint without USING INDEX to an existing table.",
        Why = "The index is built while nobody can read or write the table. An index that was built with CREATE UNIQUE INDEX CONCURRENTLY can be used instead.",
        Bad = """
            ```sql
            ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE ("email");
            ```
            """,
        Good = """
            ```sql
            CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users"("email"); -- in a migration of its own
            ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
            ```
            """,
        Fix = "Build the index with CREATE UNIQUE INDEX CONCURRENTLY in a migration of its own, then add the constraint USING INDEX.",
        WhenOff = "When the migrations never reach a database with rows or users.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table is unavailable until the index is built.",
            "Build the index with CREATE UNIQUE INDEX CONCURRENTLY first, then add the constraint USING INDEX.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var (table, action) in statement.TableActions)
        {
            if (action is AddConstraintAction { Constraint: KeyDefinition { IsPrimary: false, UsingIndex: null } key } &&
                !statements.IsNewTable(statement, table))
                yield return new StatementHit(
                    $"A unique constraint on {table} builds its index under a lock",
                    new Subject(SubjectKind.Constraint, key.Name?.Name ?? "unique", statements.SchemaOf(table), table.Name),
                    statement.LocationOf(action));
        }
    }
}
