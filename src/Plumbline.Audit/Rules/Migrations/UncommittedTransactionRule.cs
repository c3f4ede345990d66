using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration starts a transaction and never ends it.</summary>
internal sealed class UncommittedTransactionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/uncommitted-transaction",
        Title = "A transaction is started and never ended",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Migrations with `BEGIN` or `START TRANSACTION` and no `COMMIT`, `END` or `ROLLBACK` after it.",
        Why = "Prisma closes the connection at the end of the script, and PostgreSQL rolls back whatever is not committed. The migration is recorded as applied although its changes are lost.",
        Bad = """
            ```sql
            BEGIN;
            ALTER TABLE "users" ADD COLUMN "locale" TEXT;
            ```
            """,
        Good = """
            ```sql
            BEGIN;
            ALTER TABLE "users" ADD COLUMN "locale" TEXT;
            COMMIT;
            ```
            """,
        Fix = "Add `COMMIT`, or remove `BEGIN`: PostgreSQL runs the statements of a migration as one transaction anyway.",
        WhenOff = "Never.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "The effects of the statements after BEGIN are rolled back silently.",
            "Add COMMIT at the end, or remove BEGIN.")
    {
        FollowsFromPrisma = true,
    });

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not TransactionStatement { Kind: TransactionKind.Begin or TransactionKind.Start } begin)
            yield break;

        var isEnded = statements.Of(statement.Migration).Any(s => s.Position > statement.Position &&
            s.Syntax is TransactionStatement { Kind: TransactionKind.Commit or TransactionKind.Rollback or TransactionKind.Prepare });
        if (!isEnded)
            yield return new StatementHit(
                "A transaction is started and never ended", new Subject(SubjectKind.Migration, statement.Migration.Name), statement.LocationOf(begin));
    }
}
