using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>
/// What is reported where schema and migrations have the same unique index under two names, and the migrations have a plain index under the schema's name. The comparison
/// pairs indexes by name, so it has two changes: the plain index becomes unique, and the unique one is dropped. Prisma drops the plain index and renames the unique one
/// (measured from 6.6 to 7.10).
/// </summary>
internal static class TakenName
{
    /// <summary>The text of the change that drops the unique index; null where the schema has no such index under a name that is taken.</summary>
    public static DriftText? Of(SchemaChange drop, ProjectFacts project)
    {
        if (drop.Kind != ChangeKind.DropUnique || KeysOf(drop.FromObject) is not { } keys ||
            project.Drift!.Changes.FirstOrDefault(c => IsTaken(c) && IsSameUnique(c, drop)) is not { FromObject: Index plain } alter)
            return null;

        // A unique index serves the queries of a plain one on its first columns.
        var isServed = plain is { Predicate: null, Method: "btree" } && plain.Keys.Length <= keys.Count &&
            plain.Keys.Select(k => k.Column).SequenceEqual(keys.Take(plain.Keys.Length));
        var columns = $"({string.Join(", ", keys)})";
        return new DriftText(
            $"{DriftNames.TableOf(drop)}: the unique index on {columns} is {drop.Subject.Name} in the migrations and {plain.Name} in the schema, the name of another index",
            $"The migrations create {drop.Subject.Name}, {drop.From}, and {plain.Name}, {alter.From}. The schema has {plain.Name}, {alter.To}.",
            project.NextMigration.Does($"drops {plain.Name} and renames {drop.Subject.Name} to it. {(isServed ? "The unique index serves the same queries" : $"Queries that use {plain.Name} can become slow")}.{Measured.Note(project)}"),
            $"Declare both indexes in the schema as the migrations create them, or drop {plain.Name} and rename {drop.Subject.Name} in a migration.",
            isServed ? Severity.Low : Severity.Medium)
        {
            Ways = FixWays.Patch,
            With = [alter],
        };
    }

    /// <summary>Whether the text of another change covers this one: the plain index whose name the schema gives to the unique one.</summary>
    public static bool Covers(SchemaChange alter, ProjectFacts project) =>
        IsTaken(alter) && project.Drift!.Changes.Any(c => c.Kind == ChangeKind.DropUnique && IsSameUnique(alter, c));

    private static bool IsTaken(SchemaChange change) => change is { Kind: ChangeKind.AlterIndex, FromObject: Index { IsUnique: false }, ToObject: Index { IsUnique: true } };

    private static bool IsSameUnique(SchemaChange alter, SchemaChange drop) =>
        alter.FromParent is { } table && ReferenceEquals(table, drop.FromParent) && KeysOf(alter.ToObject) is { } keys && KeysOf(drop.FromObject)?.SequenceEqual(keys) == true;

    private static List<string>? KeysOf(SchemaObject? item) => item switch
    {
        KeyConstraint constraint => [.. constraint.Columns],
        Index index when index.Keys.All(k => k.Column is not null) => [.. index.Keys.Select(k => k.Column!)],
        _ => null,
    };
}
