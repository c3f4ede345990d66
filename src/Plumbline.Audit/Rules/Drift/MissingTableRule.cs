using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A table that the schema has and the migrations do not leave behind. Its columns, keys and indexes are not told again.</summary>
internal sealed class MissingTableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/missing-table",
        Title = "No migration creates a table of the schema",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Models, and join tables of implicit many-to-many relations, whose table does not exist after all migrations. Not checked: models in schemas that the
            datasource does not list, views, and ignored models that have no table anywhere.
            """,
        Why = """
            The client is generated from the schema, so the code compiles. In a database that was built from the migrations, every query of the model fails with
            `P2021` (the table does not exist). The usual cause is a model that was tried out with `prisma db push` and never got a migration.
            """,
        Bad = """
            ```prisma
            model Invoice {
              id Int @id
            }
            ```
            ```sql
            -- migrations/20250101000000_init/migration.sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
            ```
            """,
        Good = """
            ```sql
            -- migrations/20250101000000_init/migration.sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
            -- migrations/20250201000000_add_invoice/migration.sql
            CREATE TABLE "Invoice" ("id" INTEGER NOT NULL, CONSTRAINT "Invoice_pkey" PRIMARY KEY ("id"));
            ```
            """,
        Fix = "Add a migration that creates the table, with `prisma migrate dev` or with the SQL of the finding.",
        WhenOff = "When another tool creates the table. A suppression at the model, with the reason, is better.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddTable], [ChangeKind.DropTable], Describe);
        rule.OnAgreement(Verify);
        rule.Word(observations => NeverCreated.Word(
            observations,
            "tables",
            "Every query of these models fails with P2021 (the table does not exist).",
            "Add a migration that creates the tables."));
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        // A view in the table's place is drift/view-as-model's.
        if (change.ToObject is not Table table || ViewAsModelRule.ViewOf(table, project.Drift) is not null)
            return null;

        var missing = project.Causes.Missing(change);
        var stray = project.TablesOfStrays.FirstOrDefault(t => ReferenceEquals(t.Wanted, table))?.Statement;
        var what = table.ModelName is null ? "The join table of an implicit many-to-many relation" : $"The table of model {table.ModelName}";
        return new DriftText(
            $"{change.Subject} is in the schema but {missing.Clause}",
            $"{what} does not exist after all migrations.{(stray is null ? "" : $" Only {stray.Path} creates it, which Prisma never runs.")}",
            "Every query of the model fails with P2021 (the table does not exist).",
            missing.Fate == MissingFate.Dropped
                ? "Decide which side is intended: remove the model, or create the table again in a new migration."
                : missing.Fate == MissingFate.Refused
                ? "Fix the refused statement; the table then exists."
                : "Add a migration that creates the table.",
            table.IsIgnored ? Severity.High : null)
        {
            Stray = stray,
            Cause = missing.Cause,
        };
    }

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        if (agreements.IsWhole)
            sink.Verify("history-agrees", agreements.History, project, agreements.Order);

        foreach (var subject in agreements.Of(SubjectKind.Table))
            sink.Verify("table-agrees", subject, project, agreements.Order);

        foreach (var subject in agreements.TablesWithHistory())
            sink.Verify("history-agrees", subject, project, agreements.Order);
    }
}
