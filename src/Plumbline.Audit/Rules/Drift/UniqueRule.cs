using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
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
        Title = "A unique constraint exists only in the schema or only in the migrations",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            `@unique` and `@@unique` compared with the unique constraints and unique indexes that exist after all migrations; both forms count as equal. Low where
            the primary key or another unique index enforces the same, and where only the name differs. Medium where a unique index on expressions of the columns enforces more. Medium where PostgreSQL refuses the `DROP INDEX` that Prisma
            writes for such an index. Low too, or medium, where the schema gives the unique index the name of another index. Medium where it has `INCLUDE`, whose columns Prisma reads as key columns. Partial and expression indexes are not compared, because a Prisma schema cannot express them.
            """,
        Why = """
            `findUnique` and `upsert` rely on uniqueness. If the database does not enforce it, duplicates get in, and `ON CONFLICT` fails with `42P10`. Uniqueness
            that the schema does not have makes a `create` fail with `P2002` where the code does not expect it.
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
        Fix = "Check the rows for duplicates and add the unique index in a migration, drop it, or correct the schema.",
        WhenOff = "Not as a whole. Suppress an intended difference at the model or field.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange(
            [ChangeKind.AddUnique, ChangeKind.DropUnique, ChangeKind.AlterUnique, new(ChangeKind.RenameIndex, ChangePart.Unique), new(ChangeKind.RenameConstraint, ChangePart.Unique)],
            Describe);
        rule.OnProject((project, sink) => IncludeText.Report(ChangeKind.AlterUnique, project, sink));
        rule.Word(observations => PartialIndexText.Word(observations) ?? NeverCreated.Word(
            observations,
            "unique indexes",
            "Nothing enforces the uniqueness that Prisma relies on: duplicates get in, and upserts by these columns fail.",
            "Check the rows for duplicates, then add the unique indexes in a migration."));
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        // Prisma's form of a join table is drift/implicit-join-table's.
        if (JoinTables.IsAboutKey(change))
            return null;

        var table = DriftNames.TableOf(change);
        switch (change.Kind)
        {
            case ChangeKind.AddUnique when DeclaredTwice.Of(change, Attribute(change.ToObject)) is { } twice:
                return twice;
            case ChangeKind.AddUnique when IndexCounterpart.Of(change, project) is { } other && PartialIndexText.Of(change, other, project) is { } partial:
                return partial;
            case ChangeKind.AddUnique when StricterThan(change) is { } stricter:
                return new DriftText(
                    $"{table}: the unique index on {ColumnsOf(change.ToObject)} is in the schema, and the migrations create a stricter one: {stricter.Name}",
                    $"The schema has {change.To}; the migrations create {stricter.Name}, {ObjectText.Of(stricter)}, which also rejects any two rows with equal {ColumnsOf(change.ToObject)}.",
                    "A create or update can fail with P2002 for values that the schema allows, and an upsert by these columns that Prisma sends as INSERT … ON CONFLICT is refused (42P10).",
                    $"Decide which side is intended: remove {Attribute(change.ToObject)} from the schema and keep {stricter.Name}, or add the unique index in a migration.",
                    Severity.Medium)
                {
                    Ways = FixWays.None,
                };
            case ChangeKind.AddUnique:
                var missing = project.Causes.Missing(change);
                return new DriftText(
                    $"{table}: the unique index on {ColumnsOf(change.ToObject)} is in the schema but {(missing.Fate == MissingFate.Replaced && IndexCounterpart.Of(change, project) is { } plain ? $"the migrations create a plain one: {plain.Name}" : missing.Clause)}",
                    $"The schema has {change.To}; no unique constraint or index on these columns exists after all migrations.",
                    "Nothing enforces the uniqueness that Prisma relies on: duplicates get in, and an upsert by these columns fails.",
                    missing.Fate switch
                    {
                        MissingFate.Dropped => $"Decide which side is intended: remove {Attribute(change.ToObject)} from the schema, or create the unique index again in a new migration.",
                        MissingFate.Refused => "Fix the refused statement; the unique index then exists.",
                        _ => "Check the rows for duplicates, then add the unique index in a migration.",
                    })
                {
                    Cause = missing.Cause,
                };
            case ChangeKind.DropUnique when change is { FromParent: Table { PrimaryKey: { } key } } && KeysOf(change.FromObject)?.SequenceEqual(key.Columns) == true:
                var obstacle = Obstacle(change, project);
                return new DriftText(
                    $"{table} has a unique {Form(change)} on {ColumnsOf(change.FromObject)} beside its primary key: {change.Subject.Name}",
                    $"The migrations create {change.Subject.Name}, {change.From}; the primary key {key.Name} already enforces the same.",
                    $"Every write maintains two equal indexes. {project.NextMigration.Does(obstacle is null ? "drops the second one" : $"writes a DROP INDEX that PostgreSQL refuses, because {obstacle}")}.",
                    $"Drop {change.Subject.Name} in a migration. The primary key stays, so the values remain unique.",
                    obstacle is null ? Severity.Low : Severity.Medium)
                {
                    Ways = FixWays.Sql,
                };
            case ChangeKind.DropUnique when Twin(change, project) is { } twin:
                return new DriftText(
                    $"{table} has two equal unique indexes on {ColumnsOf(change.FromObject)}: {twin} and {change.Subject.Name}",
                    $"The migrations create {change.Subject.Name}, {change.From}, beside {twin}, which enforces the same. Prisma ignores the second one.",
                    "Every write maintains two equal indexes.",
                    $"Drop {change.Subject.Name} in a migration. {twin} stays, so the values remain unique.",
                    Severity.Low)
                {
                    Ways = FixWays.Sql,
                };
            case ChangeKind.DropUnique when TakenName.Of(change, project) is { } taken:
                return taken;
            case ChangeKind.DropUnique:
                return new DriftText(
                    $"{table}: the migrations make {ColumnsOf(change.FromObject)} unique, but the schema does not",
                    $"{change.Subject.Name}, {change.From}, exists after all migrations; the model has no {Attribute(change.FromObject)} for it.",
                    $"A create or update can fail with P2002 where no code expects it, and {project.NextMigration.Clause(
                        Obstacle(change, project) is { } reason ? $"writes a DROP INDEX that PostgreSQL refuses, because {reason}" : "drops the index")}.",
                    $"Add {Attribute(change.FromObject)} to the model, or drop the {Form(change)} in a migration.")
                {
                    Cause = ExtraCause.Of(change, project),
                };
            case ChangeKind.AlterUnique when PartialIndexText.Of(change, project) is { } partial:
                return partial;
            case ChangeKind.AlterUnique when IncludeText.Of(change, project) is { } included:
                return included;
            case ChangeKind.AlterUnique:
                return new DriftText(
                    $"{table}: the unique {change.Subject.Name} differs between schema and migrations",
                    $"The schema has {change.To}, the migrations {change.From}.",
                    "The database does not enforce the uniqueness that Prisma relies on.",
                    "Check the rows for duplicates and replace the unique index in a migration, or correct the schema.");
            case ChangeKind.RenameIndex when change.ToObject is Index { IsUnique: true } or KeyConstraint:
            case ChangeKind.RenameConstraint when change.ToObject is KeyConstraint or Index:
                return DriftNames.Renamed(change, "unique index", project);
            default:
                return null;
        }
    }

    private static string Attribute(SchemaObject? item) => KeysOf(item) is { Count: > 1 } ? "@@unique" : "@unique";

    // A unique index of the migrations on expressions of the columns alone: equal columns make equal expressions.
    private static Index? StricterThan(SchemaChange change)
    {
        if (change is not { FromParent: Table table } || KeysOf(change.ToObject) is not { } columns)
            return null;

        string[] others = [.. table.Columns.Select(c => c.Name).Except(columns, StringComparer.Ordinal)];
        return table.Indexes.FirstOrDefault(i => i is { IsUnique: true, Predicate: null, IsValid: true } && i.Keys.Any(k => k.Expression is not null) &&
            i.Keys.All(k => k.Column is { } column ? columns.Contains(column) : !others.Any(other => SqlWord.IsIn(k.Expression!.Text, other))));
    }

    // Another unique index or constraint of the table that makes at least the same values unique.
    private static string? Twin(SchemaChange change, ProjectFacts project)
    {
        if (change.FromParent is not Table table || KeysOf(change.FromObject) is not { } keys)
            return null;

        var isStrict = change.FromObject is KeyConstraint { NullsNotDistinct: true } or Index { NullsNotDistinct: true };
        return table.UniqueConstraints.FirstOrDefault(c => c.Columns.SequenceEqual(keys) && (c.NullsNotDistinct || !isStrict) && !c.IsDeferrable && Stays(c, c.Name))?.Name ??
            table.Indexes.FirstOrDefault(i => i is { IsUnique: true, Predicate: null, IsValid: true } && (i.NullsNotDistinct || !isStrict) &&
                KeysOf(i)?.SequenceEqual(keys) == true && Stays(i, i.Name))?.Name;

        bool Stays(SchemaObject other, string name) => !ReferenceEquals(other, change.FromObject) && DriftFacts.Stays(other, name, change, project);
    }

    // Why PostgreSQL refuses to drop the index by itself; null where nothing depends on it.
    private static string? Obstacle(SchemaChange change, ProjectFacts project)
    {
        if (change.FromObject is KeyConstraint)
            return "a constraint needs the index";

        var dependent = project.Drift!.From.Tables.SelectMany(t => t.ForeignKeys).FirstOrDefault(k => k.ReferencedTable == change.FromParent?.Name && k.ReferencedIndex == change.Subject.Name);
        return dependent is null ? null : $"the foreign key {dependent.Name} depends on the index";
    }

    private static string Form(SchemaChange change) => change.FromObject is KeyConstraint ? "constraint" : "index";

    private static IReadOnlyList<string>? KeysOf(SchemaObject? item) => item switch
    {
        KeyConstraint constraint => constraint.Columns,
        Index index when index.Keys.All(k => k.Column is not null) => [.. index.Keys.Select(k => k.Column!)],
        _ => null,
    };

    private static string ColumnsOf(SchemaObject? item) => KeysOf(item) is { } keys ? $"({string.Join(", ", keys)})" : "index";
}
