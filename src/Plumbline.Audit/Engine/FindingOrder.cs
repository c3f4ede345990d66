using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>The order of findings: causes before their consequences, then the highest severity first, then by rule, project, place and subject, so that it is the same in every run.</summary>
internal sealed class FindingOrder : IComparer<Finding>
{
    /// <summary>The one order.</summary>
    public static FindingOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(Finding? x, Finding? y)
    {
        if (x is null || y is null)
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);

        var result = StageOf(x).CompareTo(StageOf(y));
        result = result != 0 ? result : y.Severity.CompareTo(x.Severity);
        result = result != 0 ? result : string.CompareOrdinal(x.Rule, y.Rule);
        result = result != 0 ? result : string.CompareOrdinal(x.Project, y.Project);
        result = result != 0 ? result : ComparePlaces(x, y);
        result = result != 0 ? result : string.CompareOrdinal(x.Subject.Table, y.Subject.Table);
        result = result != 0 ? result : string.CompareOrdinal(x.Subject.Name, y.Subject.Name);
        return result != 0 ? result : string.CompareOrdinal(x.Fingerprint, y.Fingerprint);
    }

    // What cannot be read or replayed explains what is missing afterwards.
    private static int StageOf(Finding finding) => finding switch
    {
        { Severity: < Severity.High } => 3,
        { Rule: "schema/invalid" } => 0,
        { Rule: "migration/unreadable" or "migration/missing-file" or "migration/replay-error" or "migration/out-of-order" } => 1,
        _ => 2,
    };

    private static int ComparePlaces(Finding x, Finding y)
    {
        var (a, b) = (x.Locations.FirstOrDefault()?.Place, y.Locations.FirstOrDefault()?.Place);
        var result = string.CompareOrdinal(a?.Path, b?.Path);
        result = result != 0 ? result : (a?.Line ?? 0).CompareTo(b?.Line ?? 0);
        return result != 0 ? result : (a?.Column ?? 0).CompareTo(b?.Column ?? 0);
    }
}
