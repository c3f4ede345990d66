using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that the migrations leave behind and the schema does not know.</summary>
internal sealed class ExtraColumnRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/extra-column",
        Title = "The migrations create a column that the schema does not have",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns that exist after all migrations and have no field, in tables that the schema has. High where the column is `NOT NULL` and nothing fills it, else
            medium. Generated columns count too: a Prisma schema declares them as `Unsupported` or as ordinary fields.
            """,
        Why = """
            The client does not write a column that the schema does not have. If the column is `NOT NULL` without a default, every `create` of the model fails with
            `P2011` (null constraint violation). The next `prisma migrate dev` drops the column with its data.
            """,
        Bad = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "tenant" TEXT NOT NULL);
            ```
            ```prisma
            model User {
              id Int @id
            }
            ```
            """,
        Good = """
            ```prisma
            model User {
              id     Int    @id
              tenant String
            }
            ```
            """,
        Fix = "Add the field to the model, or drop the column in a migration if its data is not needed.",
        WhenOff = "When triggers or other programs fill columns that the application does not use.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.DropColumn], [ChangeKind.AddColumn], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.DropColumn || change.FromObject is not Column column)
            return null;

        var refuses = DriftFacts.NeedsValue(column) && !DriftFacts.IsIgnored(change.ToParent);
        return new DriftText(
            $"The migrations create the column {change.Subject}, but the schema has no field for it",
            $"{change.Subject} exists after all migrations as {change.From}.",
            refuses
                ? "Every create through the client fails: the column is NOT NULL without a default, and the client does not write it."
                : $"Prisma Client can neither read nor write it, and {project.NextMigration.Clause("drops it with its data")}.",
            "Add the field to the model, or drop the column in a migration if its data is not needed.",
            refuses ? null : Severity.Medium)
        {
            Cause = ExtraCause.Of(change, project),
        };
    }
}
