using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
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
        Title = "An index that only the schema or only the migrations have",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        HasFix = true,
        What = """
            `@@index` against the indexes that the migrations leave behind: columns, their order and direction, method and operator classes. Low where only the name differs.
            Partial and expression indexes are left alone: Prisma cannot say them. Unique indexes are `drift/unique`'s.
            """,
        Why = """
            An index that only the schema has does not speed up anything, though everybody who reads the schema believes it. One that only the migrations have is dropped by the
            next `prisma migrate dev`, and queries become slow without any change in the code.
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
        Fix = "Add or drop the index in a migration, or correct the schema. On a large table in use create it with `CONCURRENTLY`, alone in its migration.",
        WhenOff = "When indexes are kept by hand and the schema is not meant to name them.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnChange([ChangeKind.AddIndex, ChangeKind.DropIndex, ChangeKind.AlterIndex, new(ChangeKind.RenameIndex, ChangePart.Index)], Describe);
        rule.OnAgreement(Verify);
    }

    private static DriftText? Describe(SchemaChange change, ProjectFacts project) => change.Kind switch
    {
        ChangeKind.AddIndex => new DriftText(
            $"{DriftNames.TableOf(change)}: the index on {KeysOf(change.ToObject)} is in the schema but no migration creates it",
            $"The schema has {change.To}; the migrations leave no such index behind.",
            "Queries that count on the index read the whole table.",
            "Add the index in a migration."),
        ChangeKind.DropIndex => new DriftText(
            $"{DriftNames.TableOf(change)}: the index {change.Subject.Name} is created by the migrations but the schema does not have it",
            $"The migrations leave {change.Subject.Name} behind, {change.From}; the schema does not have it.",
            "The next migrate dev drops the index; queries that it serves become slow.",
            "Add @@index to the model, or drop the index in a migration."),
        ChangeKind.AlterIndex => new DriftText(
            $"{DriftNames.TableOf(change)}: the index {change.Subject.Name} differs between schema and migrations",
            $"The schema has {change.To}, the migrations {change.From}.",
            "Queries for which the schema's index was made may not be served, and the next migrate dev replaces it.",
            "Replace the index in a migration, or correct the schema."),
        ChangeKind.RenameIndex when change.ToObject is Index { IsUnique: false } => DriftNames.Renamed(change, "index"),
        _ => null,
    };

    private static string KeysOf(SchemaObject? item) => item is Index index
        ? $"({string.Join(", ", index.Keys.Select(k => k.Column ?? k.Expression?.Text))})"
        : "it";

    private static void Verify(Agreements agreements, string project, ObservationSink sink)
    {
        foreach (var subject in agreements.TablesWhoseIndexesAgree())
            sink.Verify("indexes-agree", subject, project, agreements.Order);
    }
}
