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
        Title = "A table has different primary keys in the schema and in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            Tables whose primary key exists only in the schema or only in the migrations, or has other columns or another column order. Low where only the name
            differs.
            """,
        Why = """
            Prisma relies on the key being unique: `findUnique`, `update` and `upsert` use it. If the database does not enforce it, duplicates get in, and `ON
            CONFLICT` fails with `42P10`.
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
        Fix = "Check the rows for duplicates. Then drop the old key and add the intended one in one migration, or correct `@id`.",
        WhenOff = "Not as a whole. Suppress an intended difference at the model.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddPrimaryKey, ChangeKind.DropPrimaryKey, ChangeKind.AlterPrimaryKey, new(ChangeKind.RenameConstraint, ChangePart.PrimaryKey)], Describe);
        rule.Word(observations => NeverCreated.Word(
            observations,
            "primary keys",
            "Nothing but a unique index, where there is one, enforces the uniqueness that Prisma relies on.",
            "Check the rows for duplicates, then add the primary keys in a migration."));
    }

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
                    unique is null ? null : Severity.Medium)
                {
                    Cause = missing.Cause,
                };
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
                    "The database enforces uniqueness on other columns than Prisma relies on.",
                    "Check the rows for duplicates and replace the key in a migration, or correct @id.");
            case ChangeKind.RenameConstraint:
                return DriftNames.Renamed(change, "primary key", project);
            default:
                return null;
        }
    }
}
