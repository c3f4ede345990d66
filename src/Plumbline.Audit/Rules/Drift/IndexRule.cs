using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>An index that exists on one side only.</summary>
internal sealed class IndexRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/index",
        Title = "An index exists only in the schema or only in the migrations",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            `@@index` compared with the indexes that exist after all migrations: columns, their order and direction, method and operator classes. Low where only the
            name or the sort order differs, or where an equal, a unique or a wider index serves the same queries. An index by a method that Prisma does not know, such as hnsw, is the same to it
            as one by btree. Partial and expression indexes are not compared, because a Prisma schema cannot express them.
            Also indexes with `INCLUDE`: Prisma reads the included columns as key columns (measured for Prisma 6.6 to 7.10), so it drops the index and creates it without
            them, unless the schema has them as keys. `drift/unique` reports unique indexes.
            """,
        Why = """
            An index that exists only in the schema does not speed up any query. The next `prisma migrate dev` drops an index that exists only in the migrations, and
            queries can become slow without any change in the code.
            """,
        Bad = """
            ```prisma
            model Visit {
              id     Int @id
              siteId Int

              @@index([siteId])
            }
            ```
            ```sql
            CREATE TABLE "Visit" ("id" INTEGER PRIMARY KEY, "siteId" INTEGER NOT NULL);
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE "Visit" ("id" INTEGER PRIMARY KEY, "siteId" INTEGER NOT NULL);
            CREATE INDEX "Visit_siteId_idx" ON "Visit"("siteId");
            ```
            """,
        Fix = """
            Add or drop the index in a migration, or correct the schema. On a large table in use, create the index with `CONCURRENTLY`, alone in its migration.
            """,
        WhenOff = "When indexes are managed outside the schema.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddIndex, ChangeKind.DropIndex, ChangeKind.AlterIndex, new(ChangeKind.RenameIndex, ChangePart.Index)], Describe);
        rule.OnProject((project, sink) => IncludeText.Report(ChangeKind.AlterIndex, project, sink));
        rule.Word(observations => IndexCounterpart.Word(observations) ?? NeverCreated.Word(
            observations,
            "indexes",
            "Queries that filter by their columns may read the whole table.",
            "Add the indexes in a migration."));
        rule.OnAgreement(Verify);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        var table = DriftNames.TableOf(change);
        switch (change.Kind)
        {
            case ChangeKind.AddIndex when DeclaredTwice.Of(change, "@@index") is { } twice:
                return twice;
            case ChangeKind.AddIndex when IndexCounterpart.Of(change, project) is { } other && PartialIndexText.Of(change, other, project) is { } partial:
                return partial;
            case ChangeKind.AddIndex when UniqueOn(change) is { } unique:
                return new DriftText(
                    $"{table}: the schema declares an index on {KeysOf(change.ToObject)}, which the migrations only have as a unique one: {unique}",
                    $"The schema has {change.To}; no plain index on these columns exists after all migrations. {unique} serves queries for values of these columns.",
                    project.NextMigration.Does("creates the second index, which every write then maintains."),
                    "Remove @@index from the model.",
                    Severity.Low)
                {
                    Ways = FixWays.None,
                };
            case ChangeKind.AddIndex when IndexCounterpart.Describe(change, project) is { } different:
                return different;
            case ChangeKind.AddIndex:
                var missing = project.Causes.Missing(change);
                return new DriftText(
                    $"{table}: the index on {KeysOf(change.ToObject)} is in the schema but {missing.Clause}",
                    $"The schema has {change.To}; no such index exists after all migrations.",
                    $"Queries that filter by {KeysOf(change.ToObject)} may read the whole table.",
                    missing.Fate switch
                    {
                        MissingFate.Dropped => "Decide which side is intended: remove @@index from the model, or create the index again in a new migration.",
                        MissingFate.Refused => "Fix the refused statement; the index then exists.",
                        _ => "Add the index in a migration.",
                    })
                {
                    Cause = missing.Cause,
                };
            case ChangeKind.DropIndex when Twin(change, project) is { } twin:
                return new DriftText(
                    $"{table} has two equal indexes on {KeysOf(change.FromObject)}: {twin} and {change.Subject.Name}",
                    $"The migrations create {change.Subject.Name}, {change.From}, beside {twin}, which serves the same queries. Prisma ignores the second one.",
                    "Every write maintains two equal indexes.",
                    $"Drop {change.Subject.Name} in a migration.",
                    Severity.Low)
                {
                    Ways = FixWays.Sql,
                };
            case ChangeKind.DropIndex when IndexCounterpart.Covers(change, project):
                return null;
            case ChangeKind.DropIndex when Wider(change, project) is { } wider:
                return new DriftText(
                    $"{table}: the migrations create the index {change.Subject.Name}, but the schema does not have it",
                    $"{change.Subject.Name}, {change.From}, exists after all migrations; the model does not have it. {wider} begins with the same columns and serves the same queries.",
                    project.NextMigration.Does("drops the index. Until then, every write maintains both."),
                    "Drop the index in a migration, or add @@index to the model.",
                    Severity.Low)
                {
                    Cause = ExtraCause.Of(change, project),
                };
            case ChangeKind.DropIndex:
                return new DriftText(
                    $"{table}: the migrations create the index {change.Subject.Name}, but the schema does not have it",
                    $"{change.Subject.Name}, {change.From}, exists after all migrations; the model does not have it.",
                    project.NextMigration.Does("drops the index, and the queries that use it can become slow."),
                    "Add @@index to the model, or drop the index in a migration.")
                {
                    Cause = ExtraCause.Of(change, project),
                };
            case ChangeKind.AlterIndex when TakenName.Covers(change, project):
                return null;
            case ChangeKind.AlterIndex when PartialIndexText.Of(change, project) is { } partial:
                return partial;
            case ChangeKind.AlterIndex when IncludeText.Of(change, project) is { } included:
                return included;
            case ChangeKind.AlterIndex:
                return IndexCounterpart.Describe(change, project);
            case ChangeKind.RenameIndex:
                return DriftNames.Renamed(change, "index", project);
            default:
                return null;
        }
    }

    // Another plain index of the table with the same keys.
    private static string? Twin(SchemaChange change, ProjectFacts project) => change is { FromObject: Index index, FromParent: Table table }
        ? table.Indexes.FirstOrDefault(other => !ReferenceEquals(other, index) && !other.IsUnique && other.Predicate is null && index.Predicate is null &&
            other.Method == index.Method && other.Keys.Select(Text).SequenceEqual(index.Keys.Select(Text)) && DriftFacts.Stays(other, other.Name, change, project))?.Name
        : null;

    // Another index or unique constraint that both sides have and that begins with the columns of the index.
    private static string? Wider(SchemaChange change, ProjectFacts project)
    {
        if (change is not { FromObject: Index { Method: "btree", Predicate: null } index, FromParent: Table table } || index.Keys.Any(k => k.Column is null || k.IsDescending || k.OperatorClass is not null))
            return null;

        string[] columns = [.. index.Keys.Select(k => k.Column!)];
        return table.UniqueConstraints.FirstOrDefault(c => Begins(c.Columns) && DriftFacts.Stays(c, c.Name, change, project))?.Name
            ?? table.Indexes.FirstOrDefault(i => i is { Method: "btree", Predicate: null, IsValid: true } && !ReferenceEquals(i, index) &&
                i.Keys.All(k => k is { Column: not null, IsDescending: false, OperatorClass: null }) && Begins([.. i.Keys.Select(k => k.Column!)]) && IsKept(i))?.Name;

        bool Begins(IReadOnlyList<string> others) => others.Count > columns.Length && others.Take(columns.Length).SequenceEqual(columns);

        bool IsKept(Index other) => !project.Drift!.Changes.Any(c => ReferenceEquals(c.FromObject, other) && c.ToObject is null);
    }

    // A unique index or constraint of the migrations that serves the queries of the index that only the schema has.
    private static string? UniqueOn(SchemaChange change)
    {
        if (change is not { ToObject: Index { Method: "btree" } index, FromParent: Table table })
            return null;

        string[] columns = [.. index.Keys.Select(k => k.Column ?? "")];
        return table.UniqueConstraints.FirstOrDefault(c => c.Columns.SequenceEqual(columns))?.Name
            ?? table.Indexes.FirstOrDefault(i => i.IsUnique && PartialIndexText.CoversNonNull(i) && i.Keys.Select(Text).SequenceEqual(index.Keys.Select(Text)))?.Name
            ?? (table.PrimaryKey is { } key && key.Columns.SequenceEqual(columns) ? key.Name : null);
    }

    private static string Text(IndexKey key) => $"{key.Column ?? key.Expression?.Text} {key.OperatorClass} {key.IsDescending}";

    private static string KeysOf(SchemaObject? item) => item is Index index
        ? $"({string.Join(", ", index.Keys.Select(k => k.Column ?? k.Expression?.Text))})"
        : "it";

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        foreach (var subject in agreements.TablesWhoseIndexesAgree())
            sink.Verify("indexes-agree", subject, project, agreements.Order);
    }
}
