using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>
/// What is reported of an index of the schema where the migrations have one on the same columns, built otherwise. Under the same name the comparison has one change;
/// under two names it has two, which are one difference.
/// </summary>
internal static class IndexCounterpart
{
    private const string KeyPrefix = "index ";
    private const string SortOrder = "have another sort order in the schema than in the migrations";

    /// <summary>The index of the migrations on the columns of one that only the schema has; null where there is none.</summary>
    public static Index? Of(SchemaChange add, ProjectFacts project)
    {
        if (add is not { ToObject: Index wanted, FromParent: Table table })
            return null;

        var others = table.Indexes.Where(other => AreOnSameColumns(other, wanted)).ToList();
        return others.Find(other => DropOf(other, project) is not null) ?? others.FirstOrDefault();
    }

    /// <summary>The text of an index that the schema and the migrations build otherwise, under one name or two; null where the change is no such difference.</summary>
    public static DriftText? Describe(SchemaChange change, ProjectFacts project)
    {
        if (change.ToObject is not Index wanted)
            return null;

        var drop = change.Kind == ChangeKind.AddIndex ? Of(change, project) is { } other ? DropOf(other, project) : null : null;
        if ((change.FromObject ?? drop?.FromObject) is not Index existing)
            return null;

        var hasOneName = existing.Name == wanted.Name;
        var difference = Difference(existing, wanted);
        return new DriftText(
            $"{DriftNames.TableOf(change)}: the index {(hasOneName ? existing.Name : $"on ({string.Join(", ", wanted.Keys.Select(k => k.Column ?? k.Expression?.Text))})")} differs between schema and migrations",
            (hasOneName
                ? $"The schema has {change.To}, the migrations {change.From}."
                : $"The schema has {wanted.Name}, {change.To}; the migrations create {existing.Name}, {drop!.From}.") +
                (existing.Include.IsEmpty ? "" : " Prisma reads INCLUDE columns as key columns."),
            project.NextMigration.Does(hasOneName ? "drops the index and creates it as the schema declares it." : $"drops {existing.Name} and creates {wanted.Name}."),
            "Declare the index in the schema as the migrations create it, or replace it in a migration.",
            difference == SortOrder ? Severity.Low : null)
        {
            With = drop is null ? [] : [drop],
            Cause = difference is null ? null : new Cause(CauseKind.SameChange, KeyPrefix + difference, difference),
        };
    }

    /// <summary>Whether the text of another change covers this one: the index of the migrations on the columns of one that only the schema has.</summary>
    public static bool Covers(SchemaChange drop, ProjectFacts project) =>
        project.Drift!.Changes.Any(add => add.Kind == ChangeKind.AddIndex && ReferenceEquals(add.FromParent, drop.FromParent) && Of(add, project) is { } other && ReferenceEquals(other, drop.FromObject));

    /// <summary>The text for several indexes that differ in the same way; null for other groups.</summary>
    public static FindingText? Word(IReadOnlyList<ReportedObservation> observations)
    {
        var first = observations[0].Observation;
        return first.Cause is not { Kind: CauseKind.SameChange } cause || !cause.Key.StartsWith(KeyPrefix, StringComparison.Ordinal)
            ? null
            : new FindingText(
                $"{observations.Count} indexes {cause.Text}",
                $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.Name)])}.",
                $"{first.Next!.Does("drops the indexes of the migrations and creates those of the schema")}.",
                "Declare the indexes in the schema as the migrations create them, or replace them in a migration.");
    }

    private static SchemaChange? DropOf(Index index, ProjectFacts project) =>
        project.Drift!.Changes.FirstOrDefault(change => change.Kind == ChangeKind.DropIndex && ReferenceEquals(change.FromObject, index));

    private static bool AreOnSameColumns(Index left, Index right) =>
        left.Keys.All(k => k.Column is not null) && left.Keys.Select(k => k.Column).SequenceEqual(right.Keys.Select(k => k.Column));

    // What differs, as the end of a sentence about several indexes; null where that is nothing that many indexes have in common.
    private static string? Difference(Index existing, Index wanted) =>
        existing.IsUnique != wanted.IsUnique || existing.Predicate is not null || !AreOnSameColumns(existing, wanted) ? null
        : existing.Method != wanted.Method ? $"are {wanted.Method} in the schema and {existing.Method} in the migrations"
        : !existing.Keys.Select(k => (k.IsDescending, k.NullsFirst)).SequenceEqual(wanted.Keys.Select(k => (k.IsDescending, k.NullsFirst)))
            ? SortOrder
        : null;
}
