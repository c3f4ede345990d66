using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that is required on one side and optional on the other.</summary>
internal sealed class NullabilityRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/nullability",
        Title = "A column that is required in the schema and nullable in the migrations, or the other way round",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns that accept NULL on one side only. High where the schema lets a value be left out that the database demands and nothing fills;
            medium where the schema counts on a value that the database does not demand, or where a default fills it. List fields are left alone: Prisma reads NULL as an empty list.
            """,
        Why = """
            A `create` that leaves out an optional field fails with `P2011` when the column is `NOT NULL`. The other way round a NULL that raw SQL or
            another program wrote makes every read of the row fail with `P2032`.
            """,
        Bad = """
            ```prisma
            model User {
              id   Int     @id
              name String?
            }
            ```
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "name" TEXT NOT NULL);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "name" TEXT);
            ```
            """,
        Fix = "Bring one side to the other: `SET NOT NULL` after the rows were filled, `DROP NOT NULL`, or a question mark in the schema.",
        WhenOff = "Never as a whole; where a difference is wanted, suppress it at the field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AlterColumnNullability], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.AlterColumnNullability || change is not { FromObject: Column from, ToObject: Column to })
            return null;

        if (!to.IsNullable)
        {
            return new DriftText(
                $"{change.Subject} is required in the schema but nullable in the migrations",
                $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {ObjectText.Of(to)}; the migrations make it {ObjectText.Of(from)}.",
                "A NULL that raw SQL or another program writes makes reads of the row through the client fail.",
                "Fill the rows that have NULL and set the column to NOT NULL in a migration, or make the field optional.",
                Severity.Medium);
        }

        var filled = !DriftFacts.NeedsValue(from);
        return new DriftText(
            $"{change.Subject} is optional in the schema but NOT NULL in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {ObjectText.Of(to)}; the migrations make it {ObjectText.Of(from)}.",
            filled
                ? "Writing null to the field fails with P2011; leaving it out works, since the database fills it."
                : "A create that leaves the field out, and every write of null, fails with P2011 (null constraint violation).",
            "Drop NOT NULL in a migration, or make the field required.",
            filled ? Severity.Medium : null);
    }
}
