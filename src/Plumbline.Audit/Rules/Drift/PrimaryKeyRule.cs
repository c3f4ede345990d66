using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A table whose primary key differs between schema and migrations.</summary>
internal sealed class PrimaryKeyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/primary-key",
        Title = "A table that has another primary key in the migrations than in the schema",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = "Tables whose primary key exists on one side only, or has other columns or another order of them. A key that differs in its name only is reported with low severity.",
        Why = """
            The client takes the key for unique: `findUnique`, `update` and `upsert` go by it. Where the database does not hold that, duplicates come in, and `ON CONFLICT` is
            refused (`42P10`).
            """,
        Bad = """
            ```prisma
            model Member {
              teamId Int
              userId Int

              @@id([teamId, userId])
            }
            ```
            ```sql
            CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL, PRIMARY KEY ("userId"));
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "Member" ("teamId" INTEGER NOT NULL, "userId" INTEGER NOT NULL, CONSTRAINT "Member_pkey" PRIMARY KEY ("teamId", "userId"));
            ```
            """,
        Fix = "Drop the old key and add the one that is meant, in one migration, after a look at the rows for duplicates.",
        WhenOff = "Never as a whole; where a difference is wanted, suppress it at the model.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) =>
        rule.OnChange([ChangeKind.AddPrimaryKey, ChangeKind.DropPrimaryKey, ChangeKind.AlterPrimaryKey, new(ChangeKind.RenameConstraint, ChangePart.PrimaryKey)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        // Prisma's form of a join table is drift/implicit-join-table's.
        if (JoinTables.IsAboutKey(change))
            return null;

        var table = DriftNames.TableOf(change);
        switch (change.Kind)
        {
            case ChangeKind.AddPrimaryKey:
                var missing = project.Causes.Missing(change);
                var unique = change is { FromParent: Table from, ToObject: KeyConstraint key } ? JoinTables.UniqueOn(from, key.Columns) : null;
                return new DriftText(
                    $"{table}: the primary key is in the schema but {missing.Clause}",
                    $"The schema has {change.To} on {table}; the table has no primary key after all migrations.{(unique is null ? "" : $" The unique index {unique} covers the same columns.")}",
                    unique is null
                        ? "Nothing enforces the uniqueness that Prisma relies on, and an upsert fails."
                        : "The unique index enforces uniqueness; logical replication of updates and deletes needs the primary key.",
                    missing.Fate == MissingFate.Dropped
                        ? "Decide which side is intended: correct @id, or add the primary key again in a new migration."
                        : "Check the rows for duplicates, then add the primary key in a migration.",
                    unique is null ? null : Severity.Medium);
            case ChangeKind.DropPrimaryKey:
                return new DriftText(
                    $"{table}: the migrations create the primary key, but the schema has no @id",
                    $"The migrations create {change.From} on {table}.",
                    project.NextMigration.Does("drops the primary key."),
                    "Add @id or @@id to the model.");
            case ChangeKind.AlterPrimaryKey:
                return new DriftText(
                    $"{table}: the primary key differs between schema and migrations",
                    $"The schema has {change.To}, the migrations {change.From}.",
                    "The database enforces another uniqueness than the one that Prisma relies on.",
                    "Check the rows for duplicates and replace the key in a migration, or correct @id.");
            case ChangeKind.RenameConstraint:
                return DriftNames.Renamed(change, "primary key", project);
            default:
                return null;
        }
    }
}
