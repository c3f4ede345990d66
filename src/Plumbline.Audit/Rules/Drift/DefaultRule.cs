using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column whose DEFAULT differs between schema and migrations.</summary>
internal sealed class DefaultRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/default",
        Title = "A column that has another default in the migrations than in the schema",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns whose `DEFAULT` differs, compared as PostgreSQL prints it (`now()` is `CURRENT_TIMESTAMP`, `'{}'` is `ARRAY[]`). Medium, or low where only the database
            has a default. What the client supplies by itself (`cuid()`, `uuid()`, `@updatedAt`) is no default of the database and no difference.
            """,
        Why = """
            Raw SQL, other programs and `createMany` get the database's default, the client's `create` the schema's. Rows then differ by who wrote them.
            """,
        Bad = """
            ```prisma
            model Job {
              id    Int @id
              tries Int @default(3)
            }
            ```
            ```sql
            CREATE TABLE "Job" ("id" INTEGER PRIMARY KEY, "tries" INTEGER NOT NULL DEFAULT 5);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "Job" ("id" INTEGER PRIMARY KEY, "tries" INTEGER NOT NULL DEFAULT 3);
            ```
            """,
        Fix = "Set the default in a migration with `ALTER COLUMN … SET DEFAULT`, or correct `@default(…)`.",
        WhenOff = "When only the client writes to the database, and which default counts is no question.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([new(ChangeKind.AlterColumnDefault, ChangePart.Default)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.AlterColumnDefault || change is not { FromObject: Column from, ToObject: Column to } ||
            DriftFacts.CountsOnOneSide(change))
            return null;

        var message = $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} with {Text(to)}; the migrations make it with {Text(from)}.";
        return (from.Default, to.Default) switch
        {
            (_, null) => new DriftText(
                $"{change.Subject} has the default {from.Default} in the migrations but none in the schema",
                message,
                "The client demands a value that the database would fill; the next migrate dev drops the default.",
                "Add @default to the field, or drop the default in a migration.",
                Severity.Low),
            (null, _) => new DriftText(
                $"{change.Subject} has the default {to.Default} in the schema but none in the migrations",
                message,
                "Inserts by raw SQL or other programs that count on the default get NULL, or are refused where the column is NOT NULL.",
                "Set the default in a migration."),
            _ => new DriftText(
                $"{change.Subject} has the default {to.Default} in the schema and {from.Default} in the migrations",
                message,
                "Rows get another value when the database fills it than when the client does.",
                "Set the default in a migration, or correct @default, to the value that is meant."),
        };
    }

    private static string Text(Column column) => column.Default is { } value ? $"the default {value}" : "no default";
}
