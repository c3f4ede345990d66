using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Session;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration opens a transaction and never ends it.</summary>
internal sealed class UncommittedTransactionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/uncommitted-transaction",
        Title = "A transaction is opened and not ended",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = "Migrations with `BEGIN` or `START TRANSACTION` and no `COMMIT`, `END` or `ROLLBACK` behind it.",
        Why = "Prisma closes the connection when the script is through, and PostgreSQL rolls back what was not committed. The migration is recorded as applied, and nothing of it is there.",
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
        Fix = "Add `COMMIT`; or leave out `BEGIN`, since PostgreSQL runs the statements of a migration as one transaction anyway.",
        WhenOff = "Never.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "What the statements behind BEGIN do may be rolled back without a word.",
            "Add COMMIT at the end, or leave BEGIN out."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        if (statement.Syntax is not TransactionStatement { Kind: TransactionKind.Begin or TransactionKind.Start } begin)
            yield break;

        var isEnded = statements.Of(statement.Migration).Any(s => s.Position > statement.Position &&
            s.Syntax is TransactionStatement { Kind: TransactionKind.Commit or TransactionKind.Rollback or TransactionKind.Prepare });
        if (!isEnded)
            yield return new StatementHit(
                "A transaction is opened and not ended", new Subject(SubjectKind.Migration, statement.Migration.Name), statement.LocationOf(begin));
    }
}
