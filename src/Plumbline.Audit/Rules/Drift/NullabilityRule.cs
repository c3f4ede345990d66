using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Audit.Workspace.Projects;
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
        Title = "A column is required on one side and nullable on the other",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns that accept NULL only in the schema or only in the migrations. High where the field is optional, the column is `NOT NULL` and nothing fills it.
            Medium where the field is required and the column accepts NULL, or where a default fills the column. List fields are not checked: Prisma reads NULL as an
            empty list.
            """,
        Why = """
            A `create` that leaves out an optional field fails with `P2011` if the column is `NOT NULL`. In the other direction, a NULL that raw SQL or another
            program wrote makes every read of the row fail with `P2032`.
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
        Fix = "Fill the rows and set `NOT NULL`, drop `NOT NULL`, or make the field optional.",
        WhenOff = "Not as a whole. Suppress an intended difference at the field.",
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
                NullImpact(project.Project.PrismaVersion),
                "Fill the rows that have NULL and set the column to NOT NULL in a migration, or make the field optional.",
                Severity.Medium);
        }

        var filled = !DriftFacts.NeedsValue(from);
        return new DriftText(
            $"{change.Subject} is optional in the schema but NOT NULL in the migrations",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {ObjectText.Of(to)}; the migrations make it {ObjectText.Of(from)}.",
            filled
                ? "Writing null to the field fails with P2011. Leaving it out works, because the database fills it."
                : "A create that leaves the field out, and every write of null, fails with P2011 (null constraint violation).",
            "Drop NOT NULL in a migration, or make the field required.",
            filled ? Severity.Medium : null);
    }

    // Prisma documentation, "Error message reference": P2032, which the engines up to Prisma 6 answer. The client of Prisma 7 (measured with 7.9) passes the NULL on.
    private static string NullImpact(PrismaVersion version) => version switch
    {
        { Location: null } => "A NULL that raw SQL or another program writes reaches code that does not expect it.",
        { Major: < 7 } => "A NULL that raw SQL or another program writes makes reads of the row through the client fail.",
        _ => "A NULL that raw SQL or another program writes comes out of the client as null, where the schema promises a value.",
    };
}
