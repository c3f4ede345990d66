using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A column whose DEFAULT differs between schema and migrations.</summary>
internal sealed class DefaultRule : Rule
{
    private const string FilledByClient = "filled-by-client";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/default",
        Title = "A column has different defaults in the schema and in the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Columns whose `DEFAULT` differs, compared in the form in which PostgreSQL prints it: `now()` is `CURRENT_TIMESTAMP`, `'{}'` is `ARRAY[]`. Medium, or low
            where only the database has a default. `dbgenerated()` without an expression agrees with any default. Values that the client fills itself (`cuid()`,
            `uuid()`, `@updatedAt`) are not database defaults. If the migrations give such columns a default too, all of them are one finding.
            """,
        Why = """
            Raw SQL and other programs get the database's default, and the client's `create` gets the schema's. Rows then differ by the program that wrote them.
            """,
        Bad = """
            ```prisma
            model Job {
              id    Int @id
              tries Int @default(3)
            }
            ```
            ```sql
            CREATE TABLE "Job" ("id" INTEGER PRIMARY KEY, "tries" INTEGER NOT NULL DEFAULT 5);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "Job" ("id" INTEGER PRIMARY KEY, "tries" INTEGER NOT NULL DEFAULT 3);
            ```
            """,
        Fix = "Set the default in a migration with `ALTER COLUMN … SET DEFAULT`, or correct `@default(…)`.",
        WhenOff = "When only the client writes to the database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([new(ChangeKind.AlterColumnDefault, ChangePart.Default)], Describe);
        rule.Word(Word);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.Kind != ChangeKind.AlterColumnDefault || change is not { FromObject: Column from, ToObject: Column to } ||
            DriftFacts.CountsOnOneSide(change))
            return null;

        var message = $"The schema has {change.Subject}{DriftFacts.PrismaName(change.Subject)} with {Text(to)}; the migrations make it with {Text(from)}.";
        return (from.Default, to.Default) switch
        {
            (_, null) when to.HasClientDefault => new DriftText(
                $"{change.Subject} has the default {from.Default} in the migrations, but the schema leaves the value to Prisma Client{Attribute(change, project)}",
                "In the schema the database has no default for the column.",
                $"{project.NextMigration.Does("drops the default")}. Inserts by raw SQL and other programs that leave the column out then {(from.IsNullable ? "write NULL" : "fail")}.",
                $"To keep the default, write @default(dbgenerated(\"{from.Default!.Text.Replace("\"", "\\\"", StringComparison.Ordinal)}\")). Drop it in a migration only if nothing but Prisma Client inserts rows.",
                Severity.Low)
            {
                // Whether other programs insert rows is not known.
                Ways = FixWays.Patch,
                Cause = new Cause(CauseKind.SameChange, FilledByClient, "The schema leaves the values to Prisma Client"),
            },
            (_, null) => new DriftText(
                $"{change.Subject} has the default {from.Default} in the migrations but none in the schema",
                message,
                $"The client requires a value that the database would fill, and {project.NextMigration.Clause("drops the default")}.",
                "Add @default to the field, or drop the default in a migration.",
                Severity.Low),
            (null, _) => new DriftText(
                $"{change.Subject} has the default {to.Default} in the schema but none in the migrations",
                message,
                $"Inserts by raw SQL or other programs that rely on the default {(to.IsNullable ? "write NULL" : "fail, because the column is NOT NULL")}.",
                "Set the default in a migration."),
            _ => new DriftText(
                $"{change.Subject} has the default {to.Default} in the schema and {from.Default} in the migrations",
                message,
                "The value of a row depends on whether the database or the client fills it.",
                "Decide which default is intended: set it in a migration, or correct @default."),
        };
    }

    // The attribute by which the client fills the field, in parentheses for the middle of a sentence.
    private static string Attribute(SchemaChange change, ProjectFacts project)
    {
        var field = project.Prisma?.Models.FirstOrDefault(m => m.Name == change.Subject.Model)?.Fields.FirstOrDefault(f => f.Name == change.Subject.Field);
        return field switch
        {
            { Default: FunctionDefault function } => $" (@default({function.Name}()))",
            { IsUpdatedAt: true } => " (@updatedAt)",
            _ => "",
        };
    }

    private static FindingText? Word(ImmutableArray<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.Cause is not { Key: FilledByClient } ? null : new FindingText(
            $"{observations.Length} columns have a default in the migrations, but the schema leaves their values to Prisma Client",
            $"They are {NameList.Of([.. observations.Select(o => $"{o.Observation.Subject} (default {o.Observation.Found})").Distinct(StringComparer.Ordinal)])}. In the schema the database has no default for them.",
            $"{first.Next!.Does("drops the defaults")}. Inserts by raw SQL and other programs that leave the columns out then {Outcome(observations)}.",
            "To keep the defaults, write them as @default(dbgenerated(\"…\")). Drop them in a migration only if nothing but Prisma Client inserts rows.");
    }

    private static string Outcome(ImmutableArray<ReportedObservation> observations) => string.Join(
        " or ", ((string[])["fail", "write NULL"]).Where(outcome => observations.Any(o => o.Observation.Impact.EndsWith($" then {outcome}.", StringComparison.Ordinal))));

    private static string Text(Column column) => column.Default is { } value ? $"the default {value}" : "no default";
}
