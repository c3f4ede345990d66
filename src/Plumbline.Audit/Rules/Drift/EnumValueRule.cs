using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A value of an enum that exists on one side only.</summary>
internal sealed class EnumValueRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/enum-value",
        Title = "An enum value exists only in the schema or only in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Values that an enum has in the schema but not after all migrations, and values that only the migrations add. A value with two names is reported as a
            probable rename.
            """,
        Why = """
            Writing a value that the type does not have fails with `22P02` (invalid input value for enum). Reading a row with a value that the client does not know
            fails too.
            """,
        Bad = """
            ```prisma
            enum Role {
              USER
              ADMIN
            }
            ```
            ```sql
            CREATE TYPE "Role" AS ENUM ('USER');
            ```
            """,
        Good = """
            ```sql
            CREATE TYPE "Role" AS ENUM ('USER');
            ALTER TYPE "Role" ADD VALUE 'ADMIN';
            ```
            """,
        Fix = """
            Add the value in a migration with `ALTER TYPE … ADD VALUE`, or add it to the schema. PostgreSQL cannot drop an enum value: to remove one, create a new
            type and convert the columns.
            """,
        WhenOff = "Not as a whole. Suppress an intended difference at the enum.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddEnumValue, ChangeKind.DropEnumValue, ChangeKind.RenameEnumValue], Describe);
        rule.Word(observations => NeverCreated.Word(
            observations,
            $"values of {observations[0].Observation.Subject.Table}",
            "Writing one of the values, or filtering by it, fails with 22P02 (invalid input value for enum).",
            "Add the values in a migration."));
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project) => change.Kind switch
    {
        ChangeKind.AddEnumValue => new DriftText(
            $"The value {change.Subject.Name} of {change.Subject.Table} is in the schema but {project.Causes.Missing(change).Clause}",
            $"The schema has {change.Subject.Name} in the enum {change.Subject.Table}{DriftFacts.PrismaName(change.Subject)}; the type that the migrations create does not have it.",
            "Writing the value, or filtering by it, fails with 22P02 (invalid input value for enum).",
            "Add the value in a migration.")
        {
            Cause = project.Causes.Missing(change).Cause,
        },
        ChangeKind.DropEnumValue => new DriftText(
            $"The migrations add the value {change.Subject.Name} to {change.Subject.Table}, but the schema does not have it",
            $"The type that the migrations make has {change.Subject.Name}; the enum {change.Subject.Table} of the schema does not.",
            "Reading a row that has the value fails in the client.",
            "Add the value to the schema, or create a new type without it and convert the columns."),
        ChangeKind.RenameEnumValue => new DriftText(
            $"The value {change.Subject.Name} of {change.Subject.Table} is called {change.From} in the migrations",
            $"The schema has {change.Subject.Name}, the migrations {change.From} in its place. {RenameText.Confidence(change)}",
            "Writing the value fails with 22P02, and reading a row that has the old one fails in the client.",
            $"Rename the value in a migration, or map it to \"{change.From}\" with @map."),
        _ => null,
    };
}
