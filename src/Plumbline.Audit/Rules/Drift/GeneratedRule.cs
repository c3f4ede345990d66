using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A generated column whose expression differs, or whose field makes Prisma write a statement that PostgreSQL refuses.</summary>
internal sealed class GeneratedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/generated",
        Title = "A generated column has another expression in the database, or a default that Prisma cannot set",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        HasFix = true,
        What = """
            Generated columns (`GENERATED ALWAYS AS …`) whose field in the schema has no default, or another one than the column's expression: all of a project are
            one finding. A field agrees with `@default(dbgenerated())`, unless its type is an enum, and with `@default(dbgenerated("…"))` if the text is
            exactly the expression as PostgreSQL prints it. Also columns that a live database computes with a different expression than the migrations, and columns that only
            one of them computes.
            """,
        Why = """
            Prisma takes the expression of a generated column for its default. If the field has another one or none, every `prisma migrate dev` writes `SET DEFAULT` or
            `DROP DEFAULT` for the column (measured for Prisma 6.6 to 7.10), and PostgreSQL refuses both for a generated column (`42601`). If two databases compute a column
            differently, the same row has different values in them.
            """,
        Bad = """
            ```sql
            CREATE TABLE "Item" ("id" INTEGER PRIMARY KEY, "net" INTEGER NOT NULL, "gross" INTEGER GENERATED ALWAYS AS ("net" * 119 / 100) STORED);
            ```
            ```prisma
            model Item {
              id    Int  @id
              net   Int
              gross Int?
            }
            ```
            """,
        Good = """
            ```prisma
            model Item {
              id    Int  @id
              net   Int
              gross Int? @default(dbgenerated())
            }
            ```
            """,
        Fix = """
            Write `@default(dbgenerated())` at the field, or for an enum the expression as PostgreSQL prints it. If a database has another expression, write a migration
            that drops the column and adds it again with the intended one.
            """,
        WhenOff = "When `prisma migrate dev` is not used and the expressions are maintained directly in the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AlterColumnGenerated]);
        rule.OnProject(Check);
        rule.Word(Word);
    }

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Drift is not { } drift)
            return;

        foreach (var change in GeneratedColumns.Find(drift))
        {
            var to = (Column)change.ToObject!;
            var fix = project.Fixes?.Fix([change], FixWays.Patch);
            sink.Report(new Observation
            {
                Title = $"{change.Subject} is a generated column, and its field in the schema has {(to.Default is null ? "no" : "another")} default",
                Message = $"The migrations create {change.Subject} {change.From}; the field in the schema has {Text(to)}. Prisma takes the expression for the column's default.",
                Impact = $"Prisma writes SET DEFAULT or DROP DEFAULT for such a column into every new migration, which PostgreSQL refuses (42601).{Measured.Note(project)}",
                Recommendation = "Write the default that the database has at the field.",
                Project = project.Name,
                Subject = change.Subject,
                Expected = to.Default?.Text ?? "no default",
                Found = change.From,
                Locations = DriftPlaces.Of(change),
                Fix = fix,
                Planned = project.Fixes is { } planner ? new PlannedFix(planner, change, FixWays.Patch) : null,
                Next = project.NextMigration,
                Discriminator = "schema " + change.Kind.Name(),
                Effort = Effort.Small,
                Cause = new Cause(CauseKind.SameChange, "generated-columns", "Prisma takes the expressions of generated columns for their defaults"),
            });
        }
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.Cause?.Kind != CauseKind.SameChange || observations.Length == 1 ? null : new FindingText(
            $"{observations.Length} generated columns have other defaults in the schema, or none",
            $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.ToString())])}. Prisma takes the expression of a generated column for its default.",
            first.Impact,
            "Write the default that the database has at each field.");
    }

    private static string Text(Column column) => column switch
    {
        { Default: { } value } => $"the default {(value.Source ?? value.Text).Trim()}",
        { HasUnstatedDefault: true } => "dbgenerated() without an expression, which Prisma takes for no default of an enum",
        _ => "no default",
    };
}
