using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>An index is dropped under an exclusive lock on its table.</summary>
internal sealed class DropIndexNotConcurrentRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/drop-index-not-concurrent",
        Title = "An index is dropped without CONCURRENTLY",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Statements that drop an index without CONCURRENTLY, unless the same migration created it.",
        Why = "The statement waits for every running transaction on the table, and all later queries wait behind it.",
        Bad = """
            ```sql
            DROP INDEX "events_created_at_idx";
            ```
            """,
        Good = """
            ```sql
            -- the only statement of its migration
            DROP INDEX CONCURRENTLY "events_created_at_idx";
            ```
            """,
        Fix = "Put `DROP INDEX CONCURRENTLY` into a migration of its own, or set `lock_timeout`.",
        WhenOff = "When short waits are acceptable.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "While a long transaction runs, the statement waits, and all later queries of the table wait behind it.",
            "Drop it CONCURRENTLY as the only statement of a migration, or set lock_timeout."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not DropStatement { Kind: SqlObjectKind.Index, IsConcurrent: false } drop)
            yield break;

        foreach (var dropped in drop.Objects)
        {
            if (dropped.Name is { } index && statement.Did(ObjectChangeKind.Drop, ObjectKind.Index, index.Name) && !statements.IsNewIndex(statement, index.Name))
                yield return new StatementHit(
                    $"The index {index} is dropped without CONCURRENTLY",
                    new Subject(SubjectKind.Index, index.Name, statements.SchemaOf(index)),
                    statement.LocationOf(dropped));
        }
    }
}
