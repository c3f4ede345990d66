using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>A unique constraint or index that exists on one side only.</summary>
internal sealed class UniqueRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/unique",
        Title = "A unique constraint that only the schema or only the migrations have",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            `@unique` and `@@unique` against the unique constraints and unique indexes that the migrations leave behind; which of the two forms the database uses makes no difference.
            Medium where the migrations have a second one over the same columns, low where only the name differs. Partial and expression indexes are left alone: Prisma cannot say them.
            """,
        Why = """
            `findUnique` and `upsert` count on uniqueness: where the database does not hold it, duplicates come in and `ON CONFLICT` is refused (`42P10`). Uniqueness that the schema does
            not know makes a `create` fail with `P2002` that no code expects.
            """,
        Bad = """
            ```prisma
            model User {
              id    Int    @id
              email String @unique
            }
            ```
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "email" TEXT NOT NULL);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "User" ("id" INTEGER PRIMARY KEY, "email" TEXT NOT NULL);
            CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
            ```
            """,
        Fix = "Add or drop the unique index in a migration (after a look at the rows for duplicates), or correct the schema.",
        WhenOff = "Never as a whole; where a difference is wanted, suppress it at the model or field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnChange([ChangeKind.AddUnique, ChangeKind.DropUnique, ChangeKind.AlterUnique, new(ChangeKind.RenameIndex, ChangePart.Unique), new(ChangeKind.RenameConstraint, ChangePart.Unique)], Describe);

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        switch (change.Kind)
        {
            case ChangeKind.AddUnique:
                return new DriftText(
                    $"{DriftNames.TableOf(change)}: the unique {ColumnsOf(change.ToObject)} is in the schema but no migration creates it",
                    $"The schema has {change.To}; the migrations leave no unique constraint or index over these columns behind.",
                    "Duplicates come in, and upserts that go by these columns are refused.",
                    "Add the unique index in a migration, after a look at the rows for duplicates.");
            case ChangeKind.DropUnique when Twin(change) is { } twin:
                return new DriftText(
                    $"{DriftNames.TableOf(change)}: the migrations have a second unique index {change.Subject.Name} on {ColumnsOf(change.FromObject)}",
                    $"The migrations leave {change.Subject.Name} behind, {change.From}, although {twin} holds the same columns unique already; the schema has only one of them.",
                    "Every write keeps two equal indexes up to date, and the next migrate dev drops one of them.",
                    $"Drop {change.Subject.Name} in a migration.",
                    Severity.Medium);
            case ChangeKind.DropUnique:
                return new DriftText(
                    $"{DriftNames.TableOf(change)}: the unique {ColumnsOf(change.FromObject)} is created by the migrations but the schema does not have it",
                    $"The migrations leave {change.Subject.Name} behind, {change.From}; the schema does not know that these columns are unique.",
                    "A create or update can fail with P2002 where no code expects it, and the next migrate dev drops the index.",
                    "Add @unique or @@unique to the model, or drop the index in a migration.");
            case ChangeKind.AlterUnique:
                return new DriftText(
                    $"{DriftNames.TableOf(change)}: the unique {change.Subject.Name} differs between schema and migrations",
                    $"The schema has {change.To}, the migrations {change.From}.",
                    "What the client takes for unique is not what the database holds unique.",
                    "Replace the unique index in a migration, after a look at the rows for duplicates, or correct the schema.");
            case ChangeKind.RenameIndex when change.ToObject is Index { IsUnique: true }:
            case ChangeKind.RenameConstraint when change.ToObject is KeyConstraint && !ReferenceEquals((change.ToParent as Table)?.PrimaryKey, change.ToObject):
                return DriftNames.Renamed(change, "unique index");
            default:
                return null;
        }
    }

    // Another unique index or constraint of the table over the same columns.
    private static string? Twin(SchemaChange change)
    {
        if (change.FromParent is not Table table || KeysOf(change.FromObject) is not { } keys)
            return null;

        foreach (var constraint in (IEnumerable<KeyConstraint?>)[table.PrimaryKey, .. table.UniqueConstraints])
        {
            if (constraint is not null && !ReferenceEquals(constraint, change.FromObject) && constraint.Columns.SequenceEqual(keys))
                return constraint.Name;
        }

        return table.Indexes.FirstOrDefault(i => i is { IsUnique: true, Predicate: null } && !ReferenceEquals(i, change.FromObject) && KeysOf(i) is { } other &&
            other.SequenceEqual(keys))?.Name;
    }

    private static IReadOnlyList<string>? KeysOf(SchemaObject? item) => item switch
    {
        KeyConstraint constraint => constraint.Columns,
        Index index when index.Keys.All(k => k.Column is not null) => [.. index.Keys.Select(k => k.Column!)],
        _ => null,
    };

    private static string ColumnsOf(SchemaObject? item) => KeysOf(item) is { } keys ? $"({string.Join(", ", keys)})" : "index";
}
