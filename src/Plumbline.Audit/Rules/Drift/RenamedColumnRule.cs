using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that schema and migrations probably mean alike, under two names.</summary>
internal sealed class RenamedColumnRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/renamed-column",
        Title = "A column has different names in the schema and in the migrations",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            A column that only the schema has and a column of the same table that only the migrations have, with similar types and names: probably one column with
            two names. The finding states the confidence. High where the model is marked `@@ignore`.
            """,
        Why = """
            Every query that selects the field fails with `P2022` (the column does not exist). `prisma migrate dev` does not detect renames: it drops the old column
            with its data and adds an empty one.
            """,
        Bad = """
            ```sql
            CREATE TABLE "models" ("id" TEXT PRIMARY KEY, "model_version" TEXT NOT NULL);
            ```
            ```prisma
            model Model {
              id      String @id
              version String

              @@map("models")
            }
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "models" RENAME COLUMN "model_version" TO "version";
            ```
            """,
        Fix = "Rename the column in a migration, or map the field to the old name with `@map`.",
        WhenOff = "Not as a whole. Where it is not a rename, suppress the finding at the field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.RenameColumn], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.RenameColumn)
            return null;

        return new DriftText(
            $"{change.Subject} is called {change.From} in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)}; the migrations have {change.From} in its place. {RenameText.Confidence(change)}",
            $"Queries that select or write the field fail with P2022 (the column does not exist). {project.NextMigration.Does(Loss(change))}.",
            $"Rename the column in a migration, or map the field to \"{change.From}\" with @map.",
            DriftFacts.IsIgnored(change.ToParent) ? Severity.High : null);
    }

    // Prisma does not add a required column without a default to a table with rows.
    private static string Loss(SchemaChange change) => change.ToObject is Column column && DriftFacts.NeedsValue(column)
        ? "drops the old column and adds the new one, which cannot be done while the table has rows"
        : "drops the old column with its data";
}
