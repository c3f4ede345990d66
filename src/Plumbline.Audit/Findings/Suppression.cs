using Plumbline.Schema.Text;

namespace Plumbline.Audit.Findings;

/// <summary>A comment in a file that silences one rule for what stands below it: <c>/// plumb-ignore RULE reason</c>.</summary>
/// <param name="Rule">The rule's name as written; there need not be such a rule.</param>
/// <param name="Reason">Why; empty where none is given.</param>
/// <param name="Place">Where the comment stands.</param>
/// <param name="FirstLine">First line that it covers.</param>
/// <param name="LastLine">Last line that it covers.</param>
internal sealed record Suppression(string Rule, string Reason, SourceLocation Place, int FirstLine, int LastLine)
{
    /// <summary>What the file that it stands in is to a finding about it.</summary>
    public LocationRole Role => Place.Path.EndsWith(".prisma", StringComparison.Ordinal) ? LocationRole.Schema : LocationRole.Migration;

    /// <summary>Whether it silences a finding: the rule is the same, and one of the finding's places begins in what it covers.</summary>
    public bool Covers(Finding finding)
    {
        if (finding.Rule != Rule)
            return false;

        foreach (var location in finding.Locations)
        {
            if (location.Place.Path == Place.Path && location.Place.Line >= FirstLine && location.Place.Line <= LastLine)
                return true;
        }

        return false;
    }
}
