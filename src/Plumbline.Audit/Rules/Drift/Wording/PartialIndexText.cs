using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>What is reported of a partial index in the place of one that covers all rows.</summary>
internal static partial class PartialIndexText
{
    private const string WithoutNull = "unique without null";
    private const string NothingToDo = "Nothing needs to be done unless an upsert uses these columns. In that case, create the index without WHERE.";

    // The oldest version whose behavior is measured.
    private static readonly Version FirstMeasured = new(6, 6);

    /// <summary>The text of a change; null where the predicate isn't what differs.</summary>
    public static DriftText? Of(SchemaChange change, ProjectFacts project) => change.FromObject is Index existing ? Of(change, existing, project) : null;

    /// <summary>The text of a change of the schema's index, which may have another name; null where the predicate isn't what differs.</summary>
    public static DriftText? Of(SchemaChange change, Index existing, ProjectFacts project)
    {
        if (existing is not { Predicate: { } predicate } from || change.ToObject is not Index { Predicate: null } to || from.IsUnique != to.IsUnique ||
            !from.Keys.Select(k => k.Column).SequenceEqual(to.Keys.Select(k => k.Column)))
            return null;

        var attribute = AttributeOf(to);
        var columns = $"({string.Join(", ", from.Keys.Select(k => k.Column))})";
        var version = project.Project.PrismaVersion;
        var prisma = Prisma(new Version(version.Major, version.Minor), from, to) is { } does ? $" Prisma {version.Major}.{version.Minor} {does}." : "";
        var title = $"{DriftNames.TableOf(change)}: the {(from.IsUnique ? "unique index" : "index")} on {columns} covers only rows WHERE {predicate.Text}, but the schema declares it for all rows";
        var message = $"The migrations create {from.Name}, {change.From}; the schema has {change.To}.{prisma}";
        if (!from.IsUnique)
        {
            return new DriftText(
                title,
                message,
                "Queries for rows outside the predicate don't use the index.",
                $"Decide which side is intended: remove {attribute} and keep the partial index, or replace it with an index on all rows.",
                Severity.Medium);
        }

        // The statements that remove the difference would make more rows unique than the migrations ever did: no fix to be offered unasked.
        return EnforcesTheSame(from, predicate.Text)
            ? new DriftText(
                title,
                $"{message} Rows with NULL in a key column are never equal to others, so both enforce the same uniqueness.",
                "An upsert by these columns that Prisma sends as INSERT … ON CONFLICT is refused (42P10), because ON CONFLICT finds a partial index only with its WHERE.",
                NothingToDo,
                Severity.Low)
            {
                Ways = FixWays.None,
                Cause = new Cause(CauseKind.SameChange, WithoutNull, "The unique indexes of the migrations leave out rows with NULL"),
            }
            : new DriftText(
                title,
                message,
                "An upsert by these columns can fail (42P10), and findUnique can return one of several rows outside the predicate.",
                $"If the partial index is intended, remove {attribute} from the schema and keep the index. Replace it with a unique index on all rows only if the other rows have to be unique too.",
                Severity.Medium)
            {
                Ways = FixWays.None,
            };
    }

    /// <summary>The text for several unique indexes that leave out rows with NULL; null for other groups.</summary>
    public static FindingText? Word(IReadOnlyList<ReportedObservation> observations) => observations[0].Observation.Cause?.Key != WithoutNull
        ? null
        : new FindingText(
            $"{observations.Count} unique indexes cover only rows without NULL in a key column, but the schema declares them for all rows",
            $"They are {NameList.Of([.. observations.Select(o => o.Observation.Subject.Name)])}. Rows with NULL in a key column are never equal to others, so both sides enforce the same uniqueness.",
            observations[0].Observation.Impact,
            NothingToDo);

    /// <summary>The attribute that declares an index.</summary>
    public static string AttributeOf(Index index) => !index.IsUnique ? "@@index" : index.Keys.Length == 1 ? "@unique" : "@@unique";

    /// <summary>Whether an index has all rows that have no NULL in its key columns.</summary>
    public static bool CoversNonNull(Index index) => index.Predicate is not { Text: var predicate } || IsNotNull(index, predicate);

    // PostgreSQL documentation, "Unique Indexes": NULLs are distinct unless NULLS NOT DISTINCT is given. Rows that have one anyway need no place in the index.
    private static bool EnforcesTheSame(Index index, string predicate) => !index.NullsNotDistinct && IsNotNull(index, predicate);

    private static bool IsNotNull(Index index, string predicate) =>
        predicate.Split(" AND ").All(part => NotNull().Match(part) is { Success: true } match && index.Keys.Any(k => k.Column == NameIn(match)));

    private static string NameIn(Match match) =>
        match.Groups["quoted"] is { Success: true } quoted ? quoted.Value.Replace("\"\"", "\"", StringComparison.Ordinal) : match.Groups["plain"].Value;

    [GeneratedRegex("""^\(*(?:"(?<quoted>(?:[^"]|"")+)"|(?<plain>\w+)) IS NOT NULL\)*$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NotNull();

    // Measured from 6.6 to 7.10.
    private static string? Prisma(Version version, Index from, Index to) => version < FirstMeasured ? null
        : version < new Version(7, 4) ? from.Name == to.Name
            ? "writes a CREATE INDEX for it into every new migration, which fails because the name exists"
            : $"does not see it and creates a second index, {to.Name}"
        : version < new Version(7, 5) ? "may drop and re-create it, depending on the patch release"
        : from.Name == to.Name ? "reads the partial index as the plain one and reports no difference"
        : $"reads the partial index as the plain one and renames it to {to.Name}";
}
