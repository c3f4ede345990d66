using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is reported of a partial index in the place of one that covers all rows.</summary>
internal static class PartialIndexText
{
    // The oldest version whose behavior is measured.
    private static readonly Version FirstMeasured = new(6, 6);

    /// <summary>The text of a change; null where the predicate isn't what differs.</summary>
    public static DriftText? Of(SchemaChange change, ProjectFacts project)
    {
        if (change is not { FromObject: Index { Predicate: { } predicate } from, ToObject: Index { Predicate: null } to } || from.IsUnique != to.IsUnique ||
            !from.Keys.Select(k => k.Column).SequenceEqual(to.Keys.Select(k => k.Column)))
            return null;

        var columns = $"({string.Join(", ", from.Keys.Select(k => k.Column))})";
        var version = project.Project.PrismaVersion;
        var prisma = Prisma(new Version(version.Major, version.Minor), from.IsUnique) is { } does ? $" Prisma {version.Major}.{version.Minor} {does}." : "";
        return new DriftText(
            $"{DriftNames.TableOf(change)}: the {(from.IsUnique ? "unique index" : "index")} on {columns} covers only rows WHERE {predicate.Text}, the schema declares it for all rows",
            $"The migrations create {from.Name}, {change.From}; the schema has {change.To}.{prisma}",
            from.IsUnique
                ? "An upsert by these columns can fail (42P10), and findUnique can return one of several rows outside the predicate."
                : "Queries for rows outside the predicate don't use the index.",
            from.IsUnique
                ? "Decide which side is intended: remove @unique and keep the partial index, or replace it by a unique index on all rows."
                : "Decide which side is intended: remove @@index and keep the partial index, or replace it by an index on all rows.",
            Severity.Medium);
    }

    private static string? Prisma(Version version, bool isUnique) => version < FirstMeasured ? null
        : version < new Version(7, 4) ? "writes a CREATE INDEX for it on every migrate dev, which fails because the name exists"
        : version < new Version(7, 5) ? "may drop and re-create it, depending on the patch release"
        : isUnique ? "reads a partial unique index of one column as the plain one and reports no difference"
        : "reads the partial index as the plain one and reports no difference";
}
