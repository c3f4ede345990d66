using Plumbline.Audit.Configuration;
using Plumbline.Audit.History;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Columns of type timestamp without time zone.</summary>
internal sealed class PreferTimestamptzRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/prefer-timestamptz",
        Title = "Columns use timestamp without time zone",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Columns that are created with the type `timestamp` (without time zone), which is what Prisma generates for `DateTime`.",
        Why = "Such a column stores a local time without its zone. Prisma writes UTC; SQL functions such as `now()` write the session's local time.",
        Bad = """
            ```sql
            CREATE TABLE "events" ("at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "events" ("at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP);
            ```
            """,
        Fix = "Declare the field `DateTime @db.Timestamptz(3)`.",
        WhenOff = "When all sessions run in UTC, which is what Prisma assumes.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnStatement(new StatementCheck(
            Look,
            "Values written by SQL in a session with another time zone are shifted.",
            "Declare the field as DateTime @db.Timestamptz(3)."));

    private static IEnumerable<StatementHit> Look(MigrationStatement statement, MigrationStatements statements)
    {
        foreach (var column in statements.NewColumns(statement))
        {
            if (column.TypeName is "timestamp" or "timestamp without time zone")
                yield return new StatementHit(
                    $"{column.TableName}.{column.Name} is a timestamp without time zone",
                    new Subject(SubjectKind.Column, column.Name, column.Table.Schema, column.Table.Name),
                    column.Place);
        }
    }
}
