using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A table that schema and migrations probably mean alike, under two names.</summary>
internal sealed class RenamedTableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/renamed-table",
        Title = "A table has different names in the schema and in the migrations",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            A table that only the schema has and a table that only the migrations have, with columns so similar that a rename is likely. The finding states the
            confidence. Other differences between the two are reported as if the table had been renamed.
            """,
        Why = """
            Every query of the model fails with `P2021` (the table does not exist). `prisma migrate dev` does not detect renames: it drops the old table with its
            rows and creates an empty one.
            """,
        Bad = """
            ```sql
            CREATE TABLE "orders" ("id" INTEGER PRIMARY KEY, "total" INTEGER NOT NULL, "placed_at" TIMESTAMP(3) NOT NULL);
            ```
            ```prisma
            model CustomerOrder {
              id        Int      @id
              total     Int
              placed_at DateTime

              @@map("customer_orders")
            }
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "orders" RENAME TO "customer_orders";
            ```
            """,
        Fix = "Rename the table in a migration, or map the model to the old name with `@@map`.",
        WhenOff = "Not as a whole. Where it is not a rename, suppress the finding at the model.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.RenameTable], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.RenameTable)
            return null;

        return new DriftText(
            $"{change.Subject} is called {change.From} in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)}; the migrations create {change.From} with the same columns. {RenameText.Confidence(change)}",
            $"Every query of the model fails with P2021 (the table does not exist). {project.NextMigration.Does("drops the old table with its rows")}.",
            $"Rename the table in a migration, or map the model to \"{change.From}\" with @@map.",
            DriftFacts.IsIgnored(change.ToObject as NamedObject) ? Severity.High : null);
    }
}
