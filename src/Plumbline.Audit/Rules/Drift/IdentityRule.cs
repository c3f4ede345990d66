using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that counts by itself on one side only.</summary>
internal sealed class IdentityRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/identity",
        Title = "A column numbers its rows only in the schema or only in the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns with `autoincrement()` that have neither a sequence nor an identity in the migrations, and columns that only the migrations number. To Prisma, a
            serial column and an identity column are the same.
            """,
        Why = """
            The client leaves the value of an `autoincrement()` field to the database. If the database provides no value, every `create` fails.
            """,
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
        Fix = "Make the column an identity column in a migration, or remove `autoincrement()` from the schema.",
        WhenOff = "Not as a whole. If a trigger provides the numbers, suppress the finding at the field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnIdentity, new(ChangeKind.AlterColumnDefault, ChangePart.Identity)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind is not (ChangeKind.AlterColumnIdentity or ChangeKind.AlterColumnDefault) || change is not { FromObject: Column, ToObject: Column to } ||
            !DriftFacts.CountsOnOneSide(change))
            return null;

        var name = DriftFacts.PrismaName(change.Subject);
        return DriftFacts.CountsUp(to)
            ? new DriftText(
                $"{change.Subject} is numbered by the database in the schema but not in the migrations",
                $"The schema has {change.Subject}{name} with autoincrement(); the column that the migrations make has neither a sequence nor an identity.",
                "Every create that leaves the field out fails, because the client relies on the database for the number, and the database provides none.",
                "Make the column an identity column in a migration.")
            : new DriftText(
                $"{change.Subject} is numbered by the database in the migrations but not in the schema",
                $"The column {change.Subject}{name} that the migrations make numbers its rows; the field has no autoincrement().",
                "The client requires a value that the database would provide. Numbers that the client chooses collide with those of the sequence.",
                "Add @default(autoincrement()) to the field.");
    }
}
