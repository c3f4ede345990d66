using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column that the schema has and the migrations do not leave behind.</summary>
internal sealed class MissingColumnRule : Rule
{
    private const string ToAdd = "Add a migration that adds the column.";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/missing-column",
        Title = "No migration creates a column of the schema",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Fields whose column does not exist after all migrations, in tables that do exist. Critical, because the client selects every field by default. High where
            the model is marked `@@ignore`, because the client does not query it.
            """,
        Why = """
            The client is generated from the schema, so the code compiles. In a database that was built from the migrations, every query that selects or writes the
            field fails with `P2022` (the column does not exist).
            """,
        Bad = """
            ```prisma
            model User {
              id    Int    @id
              email String
            }
            ```
            ```sql
            CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
            ALTER TABLE "User" ADD COLUMN "email" TEXT NOT NULL DEFAULT '';
            ```
            """,
        Fix = """
            Add a migration that creates the column. A required column without a default cannot be added to a table with rows: add it as nullable, fill it, then set
            it to `NOT NULL`.
            """,
        WhenOff = "When another tool creates the column. A suppression at the field, with the reason, is better.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddColumn], [ChangeKind.DropColumn], Describe);
        rule.OnAgreement(Verify);
        rule.Word(observations => NeverCreated.Word(
            observations,
            $"columns of {observations[0].Observation.Subject.Table}",
            "Queries that select or write a missing column fail with P2022. The client selects every field by default.",
            observations.Any(o => o.Observation.Recommendation != ToAdd)
                ? "Add a migration that adds the columns. Add a required column without a default as nullable, fill it, then set it to NOT NULL."
                : "Add a migration that adds the columns."));
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.ToObject is not Column column)
            return null;

        var missing = project.Causes.Missing(change);
        return new DriftText(
            $"{change.Subject} is in the schema but {missing.Clause}",
            $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} as {change.To}. The table exists after all migrations, the column does not.",
            "Queries that select or write a missing column fail with P2022. The client selects every field by default.",
            missing.Fate switch
            {
                MissingFate.Dropped => "Decide which side is intended: remove the field, or add the column again in a new migration.",
                MissingFate.Refused => "Fix the refused statement; the column then exists.",
                _ => DriftFacts.NeedsValue(column)
                    ? "Add a migration that adds the column as nullable, fills it, and then sets it to NOT NULL."
                    : ToAdd,
            },
            DriftFacts.IsIgnored(change.ToParent) ? Severity.High : null)
        {
            Cause = missing.Cause,
        };
    }

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        foreach (var subject in agreements.Of(SubjectKind.Column))
            sink.Verify("column-agrees", subject, project, agreements.Order);
    }
}
