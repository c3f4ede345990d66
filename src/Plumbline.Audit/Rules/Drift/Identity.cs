using Plumbline.Schema;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that counts by itself on one side only.</summary>
internal sealed class Identity : DriftRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/identity",
        Title = "A column that numbers its rows in the schema but not in the migrations, or the other way round",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns with `autoincrement()` that have neither a sequence nor an identity in the migrations, and the other way round. A serial column and an identity column are
            the same to Prisma.
            """,
        Why = "The client leaves the value of an `autoincrement()` field to the database. Where nothing there gives one, every `create` fails.",
        Bad = """
            ```prisma
            model Job {
              id Int @id @default(autoincrement())
            }
            ```
            ```sql
            CREATE TABLE "Job" ("id" INTEGER PRIMARY KEY);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "Job" ("id" SERIAL PRIMARY KEY);
            ```
            """,
        Fix = "Make the column an identity column in a migration, or take `autoincrement()` out of the schema.",
        WhenOff = "Never as a whole; where a trigger gives the numbers, suppress it at the field.",
    };

    /// <inheritdoc/>
    protected override DriftText? Describe(SchemaChange change, ProjectContext project)
    {
        if (change.Kind != ChangeKind.AlterColumnIdentity)
            return null;

        return new DriftText(
            $"{change.Subject} is numbered otherwise in the schema than in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {change.To ?? "an ordinary column"}; the migrations make it {change.From ?? "an ordinary column"}.",
            change.To is null ? "The client demands a value that the database would give." : "A create without a value for the field fails where the database gives none.",
            "Bring the column to what the schema says in a migration, or correct the schema.");
    }
}
