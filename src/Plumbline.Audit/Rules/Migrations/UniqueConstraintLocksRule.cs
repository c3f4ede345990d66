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
        Title = "A unique constraint is added without an index that is there already",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that add a UNIQUE constraint without USING INDEX to a table that was there before.",
        Why = "The index is built while nobody can read or write the table. It can be built beforehand with CREATE UNIQUE INDEX CONCURRENTLY and only be taken over.",
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
        WhenOff = "When no database with rows or users is reached by the migrations.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The table can not be used until the index is built.",
            "Build the index with CREATE UNIQUE INDEX CONCURRENTLY first, and add the constraint USING INDEX.")
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
                    new Subject(SubjectKind.Constraint, key.Name?.Name ?? "unique", table.Schema ?? "public", table.Name),
                    statement.LocationOf(action));
        }
    }
}
