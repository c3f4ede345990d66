using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A table that the migrations leave behind and the schema does not know.</summary>
internal sealed class ExtraTableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/extra-table",
        Title = "A table that the migrations create and the schema does not have",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Tables that exist when all migrations have run and that no model stands for, in the schemas that the datasource lists.
            High where a foreign key joins the table to one that the schema has (in either direction), else medium. Partitions are left alone.
            """,
        Why = """
            The next `prisma migrate dev` writes a `DROP TABLE` for it. Where it is joined by foreign keys, it can also stop deletes
            that look harmless in the code.
            """,
        Bad = """
            ```sql
            CREATE TABLE "legacy_orders" ("id" INTEGER PRIMARY KEY);
            ```
            ```prisma
            // no model for legacy_orders
            ```
            """,
        Good = """
            ```prisma
            model LegacyOrder {
              id Int @id

              @@map("legacy_orders")
            }
            ```
            """,
        Fix = "Add a model (with `@@ignore` where the client need not know it), or drop the table in a migration when nobody needs its rows.",
        WhenOff = "When tables of other tools live in the same schema on purpose. Better move them to a schema of their own.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.DropTable], [ChangeKind.AddTable], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.DropTable || change.FromObject is not Table table)
            return null;

        var joined = IsJoined(table, project);
        return new DriftText(
            $"The migrations create the table {change.Subject}, but the schema has no model for it",
            "The table exists after all migrations.",
            joined
                ? "The next prisma migrate dev drops it with its rows. Until then its foreign keys affect writes to tables of the schema."
                : "The next prisma migrate dev drops it with its rows.",
            "Add a model for the table, or drop it in a migration if its rows are not needed.",
            joined ? null : Severity.Medium)
        {
            Cause = ExtraCause.Of(change, project),
        };
    }

    private static bool IsJoined(Table table, ProjectFacts project)
    {
        if (project.Drift is not { } drift)
            return false;

        var known = drift.To.Tables.Select(t => t.Name).ToHashSet();
        return table.ForeignKeys.Any(k => known.Contains(k.ReferencedTable)) ||
            drift.From.Tables.Any(t => known.Contains(t.Name) && t.ForeignKeys.Any(k => k.ReferencedTable == table.Name));
    }
}
