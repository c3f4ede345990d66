using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An index is built while nobody can write.</summary>
internal sealed class IndexNotConcurrentRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/index-not-concurrent",
        Title = "An index is created without CONCURRENTLY",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Statements that create an index without CONCURRENTLY on an existing table.",
        Why = "Writes to the table wait until the index is built. With CONCURRENTLY they continue. A migration with more than one statement runs as one transaction, so such an index needs a migration of its own.",
        Bad = """
            ```sql
            CREATE INDEX "events_created_at_idx" ON "events"("created_at");
            ```
            """,
        Good = """
            ```sql
            -- the only statement of its migration
            CREATE INDEX CONCURRENTLY "events_created_at_idx" ON "events"("created_at");
            ```
            """,
        Fix = "Put `CREATE INDEX CONCURRENTLY` into a migration of its own.",
        WhenOff = "When the tables are small, or waiting writes are acceptable.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Writes to the table wait until the index is built.",
            "Create it CONCURRENTLY as the only statement of a migration.")
    {
        HarmBegins = RowFacts.Few,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is CreateIndexStatement { IsConcurrent: false } create &&
            statement.Did(ObjectChangeKind.Create, ObjectKind.Index, create.Name?.Name) && !statements.IsNewTable(statement, create.Table))
        {
            var name = create.Name?.Name ?? "index";
            yield return new StatementHit(
                $"The index {name} on {create.Table} is created without CONCURRENTLY",
                new Subject(SubjectKind.Index, name, statements.SchemaOf(create.Table), create.Table.Name),
                statement.LocationOf(create));
        }
    }
}
