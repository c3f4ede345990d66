using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>An enum type that exists on one side only.</summary>
internal sealed class EnumRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/enum",
        Title = "An enum exists only in the schema or only in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Enums of the schema that no migration creates, and enum types of the migrations without an enum in the schema. Low for a type that no column of the
            schema uses. An enum with two names is reported as a probable rename.
            """,
        Why = "PostgreSQL compares enum values as that type. If the type does not exist, every query that filters or writes the field fails.",
        Bad = """
            ```prisma
            enum Role {
              USER
              ADMIN
            }
            ```
            ```sql
            -- no CREATE TYPE "Role"
            ```
            """,
        Good = """
            ```sql
            CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
            ```
            """,
        Fix = "Create, drop or rename the type in a migration, or correct the schema.",
        WhenOff = "Not as a whole. Suppress an intended difference at the enum.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddEnum, ChangeKind.DropEnum, ChangeKind.RenameEnum], Describe);
        rule.OnAgreement(Verify);
        rule.Word(observations => NeverCreated.Word(observations, "enums", "Queries that filter or write a field of these enums fail.", "Create the types in a migration."));
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        switch (change.Kind)
        {
            case ChangeKind.AddEnum:
                var missing = project.Causes.Missing(change);
                return new DriftText(
                    $"The enum {change.Subject} is in the schema but {missing.Clause}",
                    $"The schema has the enum {change.Subject}{DriftFacts.PrismaName(change.Subject)} with {change.To}; no such type exists after all migrations.",
                    "Queries that filter or write a field of this enum fail.",
                    missing.Fate == MissingFate.Dropped ? "Decide which side is intended: remove the enum, or create the type again in a new migration." : "Create the type in a migration.",
                    change.ToObject is EnumType added && !ColumnsOf(added.Name, project.Drift?.To).Any() ? Severity.Low : null)
                {
                    Cause = missing.Cause,
                };
            case ChangeKind.DropEnum:
                var users = change.FromObject is EnumType dropped ? ColumnsOf(dropped.Name, project.Drift?.From).ToList() : [];
                var isUsed = users.Exists(u => !IsExtra(u.Table, u.Column, project));
                string[] extra = [.. users.Select(u => ObjectText.Of(u.Table.Name)).Distinct(StringComparer.Ordinal)];
                return new DriftText(
                    $"The migrations create the enum {change.Subject}, but the schema does not have it",
                    $"The type {change.Subject} exists after all migrations with {change.From}.",
                    isUsed
                        ? "The client does not know the values of the columns that have this type."
                        : extra.Length == 0
                        ? $"No column uses the type. {project.NextMigration.Does("drops it")}."
                        : $"Only columns of {NameList.Of([.. extra.Distinct(StringComparer.Ordinal)])} that are not in the schema use the type. {project.NextMigration.Does("drops both")}.",
                    isUsed ? "Add the enum to the schema."
                        : extra.Length == 0 ? "Drop the type in a migration."
                        : "Decide about these columns first, and add the type to the schema or drop it together with them.",
                    isUsed ? null : Severity.Low)
                {
                    Cause = ExtraCause.Of(change, project),
                };
            case ChangeKind.RenameEnum:
                return new DriftText(
                    $"The enum {change.Subject} is called {change.From} in the migrations",
                    $"The schema has the enum {change.Subject}{DriftFacts.PrismaName(change.Subject)}; the migrations have {change.From} with the same values. {RenameText.Confidence(change)}",
                    $"Queries that filter or write a field of this enum fail. {project.NextMigration.Does("creates a new type, and drops and re-creates the columns")}.",
                    $"Rename the type in a migration, or map the enum to \"{change.From}\" with @@map.");
            default:
                return null;
        }
    }

    private static IEnumerable<(Table Table, Column Column)> ColumnsOf(ObjectName type, DatabaseSchema? schema) =>
        from table in schema?.Tables ?? []
        from column in table.Columns
        where column.Type.Schema is not null && column.Type.QualifiedName == type
        select (table, column);

    // The client reads no column that the schema does not have.
    private static bool IsExtra(Table table, Column column, ProjectFacts project) => project.Drift!.Changes.Any(c =>
        (c.Kind == ChangeKind.DropTable && c.FromObject is Table dropped && dropped.Name == table.Name) ||
        (c.Kind == ChangeKind.DropColumn && c.FromObject is Column extra && extra.Name == column.Name && c.FromParent?.Name == table.Name));

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        foreach (var subject in agreements.Of(SubjectKind.Enum))
            sink.Verify("enum-values-agree", subject, project, agreements.Order);
    }
}
