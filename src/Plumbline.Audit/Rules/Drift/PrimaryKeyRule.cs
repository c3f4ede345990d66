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
        What = "Tables whose primary key exists on one side only, or has other columns or another order of them. A key that differs in its name only is told with low severity.",
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
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddPrimaryKey, ChangeKind.DropPrimaryKey, ChangeKind.AlterPrimaryKey, new(ChangeKind.RenameConstraint, ChangePart.PrimaryKey)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project) => change.Kind switch
    {
        ChangeKind.AddPrimaryKey => new DriftText(
            $"The primary key of {DriftNames.TableOf(change)} is in the schema but no migration creates it",
            $"The schema has {change.To} on {DriftNames.TableOf(change)}; the migrations give the table no primary key.",
            "Nothing in the database keeps the rows apart that the client takes for unique, and upserts are refused.",
            "Add the primary key in a migration, after a look at the rows for duplicates."),
        ChangeKind.DropPrimaryKey => new DriftText(
            $"The primary key of {DriftNames.TableOf(change)} is created by the migrations but the schema does not have it",
            $"The migrations have {change.From} on {DriftNames.TableOf(change)}; the schema has no @id there.",
            "The next migrate dev drops the key.",
            "Add @id or @@id to the model."),
        ChangeKind.AlterPrimaryKey => new DriftText(
            $"The primary key of {DriftNames.TableOf(change)} differs between schema and migrations",
            $"The schema has {change.To} on {DriftNames.TableOf(change)}, the migrations {change.From}.",
            "The client takes rows for unique that the database does not keep apart, or is refused rows that it takes for different.",
            "Replace the key in a migration, after a look at the rows for duplicates, or correct @id."),
        ChangeKind.RenameConstraint when change.ToObject is KeyConstraint && ReferenceEquals((change.ToParent as Table)?.PrimaryKey, change.ToObject) =>
            DriftNames.Renamed(change, "primary key"),
        _ => null,
    };
}
