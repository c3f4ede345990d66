using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration opens a transaction inside a transaction.</summary>
internal sealed class NestedTransactionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/nested-transaction",
        Title = "A transaction is started inside a transaction",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Migrations with a second `BEGIN` before the first transaction ends.",
        Why = "PostgreSQL has no nested transactions: the second BEGIN only raises a warning, and the first COMMIT ends the transaction. The statements after it run outside of it.",
        Bad = """
            ```sql
            BEGIN;
            BEGIN;
            DROP TABLE "a";
            COMMIT;
            DROP TABLE "b";
            COMMIT;
            ```
            """,
        Good = """
            ```sql
            BEGIN;
            DROP TABLE "a";
            DROP TABLE "b";
            COMMIT;
            ```
            """,
        Fix = "Remove the inner BEGIN and COMMIT, or use SAVEPOINT.",
        WhenOff = "Never.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The first COMMIT ends the whole transaction, and the statements after it are not part of it.",
            "Remove the inner BEGIN and COMMIT, or use SAVEPOINT.")
    {
        FollowsFromPrisma = true,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not TransactionStatement { Kind: TransactionKind.Begin or TransactionKind.Start } begin)
            yield break;

        var last = statements.Of(statement.Migration).LastOrDefault(s => s.Position < statement.Position &&
            s.Syntax is TransactionStatement { Kind: TransactionKind.Begin or TransactionKind.Start or TransactionKind.Commit or TransactionKind.Rollback });
        if (last?.Syntax is TransactionStatement { Kind: TransactionKind.Begin or TransactionKind.Start })
            yield return new StatementHit(
                "A transaction is started inside a transaction", new Subject(SubjectKind.Migration, statement.Migration.Name), statement.LocationOf(begin));
    }
}
