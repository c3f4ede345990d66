using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>Puts the observations of one project that have one cause together.</summary>
internal sealed class Grouping
{
    /// <summary>With so many differences a table is one thing to do, and no longer one for each difference.</summary>
    private const int DifferencesOfOneTable = 5;

    private readonly Dictionary<GroupKey, int> _causes = [];
    private readonly Dictionary<GroupKey, List<ReportedObservation>> _tables = [];

    private Grouping(IReadOnlyList<ReportedObservation> observations)
    {
        foreach (var observation in observations)
        {
            if (CauseOf(observation) is { } cause)
                _causes[cause] = _causes.GetValueOrDefault(cause) + 1;
        }

        foreach (var observation in observations)
        {
            if (StandsAlone(observation) && TableOf(observation) is { } table)
                (_tables.TryGetValue(table, out var differences) ? differences : _tables[table] = []).Add(observation);
        }
    }

    /// <summary>The groups, in the order of their first observations.</summary>
    public static IEnumerable<ObservationGroup> Group(IReadOnlyList<ReportedObservation> observations)
    {
        var grouping = new Grouping(observations);
        return observations.Select(grouping.KeyOf).Zip(observations).GroupBy(o => o.First, o => o.Second).Select(g => GroupOf(g.Key, [.. g]));
    }

    private static ObservationGroup GroupOf(GroupKey key, List<ReportedObservation> observations)
    {
        var cause = key.Kind == CauseKind.TableDiffers
            ? new Cause(key.Kind, key.Key, $"{key.Key} differs in several ways")
            : observations[0].Observation.Cause;
        // The refusal itself stands before what follows from it, and what was never created before the statements that need it.
        var area = cause?.Kind switch
        {
            CauseKind.StatementRefused => "migration/",
            CauseKind.NeverCreated => "drift/",
            _ => null,
        };
        return new ObservationGroup(
            cause, [.. observations.OrderByDescending(o => o.Severity).ThenByDescending(o => o.Observation.Subject.Kind == SubjectKind.Column && cause?.Kind == CauseKind.NeverCreated).ThenByDescending(o => area is not null && o.Rule.StartsWith(area, StringComparison.Ordinal))]);
    }

    private GroupKey KeyOf(ReportedObservation observation, int index)
    {
        if (StandsAlone(observation) && TableOf(observation) is { } table && IsOneThing(_tables[table]))
            return table;

        return CauseOf(observation) ?? new GroupKey(null, "", index.ToString(CultureInfo.InvariantCulture));
    }

    // Many differences, or all that one migration alone made otherwise than the schema says. A cause that all of them have says more than that the table differs.
    private static bool IsOneThing(List<ReportedObservation> differences)
    {
        if (differences.Count == 1)
            return false;

        if (CauseOf(differences[0]) is { } cause && differences.TrueForAll(difference => CauseOf(difference) == cause))
            return false;

        return differences.Count >= DifferencesOfOneTable || (OriginOf(differences[0]) is { } first && differences.TrueForAll(difference => OriginOf(difference) == first));
    }

    // The only migration that made what the schema says otherwise; null where nothing was made, or several migrations had a part in it.
    private static string? OriginOf(ReportedObservation reported)
    {
        if (reported.Observation.Found is null)
            return null;

        string[] migrations =
            [.. reported.Observation.Locations.Where(l => l.Role == LocationRole.Migration).Select(l => l.Place.Path).Distinct(StringComparer.Ordinal).Take(2)];
        return migrations.Length == 1 ? migrations[0] : null;
    }

    // That no migration was made is a cause in common only where the table has no other differences to be listed with.
    private bool StandsAlone(ReportedObservation observation) => CauseOf(observation) is not { } cause || _causes[cause] == 1 ||
        observation.Observation.Cause is { Kind: CauseKind.NeverCreated, Text: MissingObject.NoMigrationCreatesIt };

    private static GroupKey? CauseOf(ReportedObservation reported) =>
        reported.Observation is { Cause: { } cause, Project: var project } ? new GroupKey(project, cause.Kind, cause.Key) : null;

    // Only what separates two sources is counted: a table with five names that break a convention does not differ, nor does one with what Prisma cannot see.
    private static GroupKey? TableOf(ReportedObservation reported)
    {
        var subject = reported.Observation.Subject;
        var table = subject.Kind == SubjectKind.Table ? subject.Name : subject.Table;
        return table is null || reported.Severity == Severity.Info || reported.Observation.Cause?.Kind == CauseKind.MadeByHand || !reported.Rule.StartsWith("drift/", StringComparison.Ordinal)
            ? null
            : new GroupKey(reported.Observation.Project, CauseKind.TableDiffers, subject.Schema is null or "public" ? table : $"{subject.Schema}.{table}");
    }

    private sealed record GroupKey(string? Project, string Kind, string Key);
}
