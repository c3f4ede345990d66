using Plumbline.Schema.Text;

namespace Plumbline.Audit.Findings;

/// <summary>A comment in a file that silences one rule for the node below it: <c>/// plumb-ignore RULE reason</c>.</summary>
/// <param name="Rule">The rule's name as written; there need not be such a rule.</param>
/// <param name="Reason">Why; empty where none is given.</param>
/// <param name="Place">Where the comment stands.</param>
/// <param name="Covered">The node that it belongs to; null where none follows.</param>
internal sealed record Suppression(string Rule, string Reason, SourceLocation Place, SourceLocation? Covered)
{
    /// <summary>What the file that it stands in is to a finding about it.</summary>
    public LocationRole Role => Place.Path.EndsWith(".prisma", StringComparison.Ordinal) ? LocationRole.Schema : LocationRole.Migration;

    /// <summary>Whether it covers an observation of its rule: one of the places begins in the node.</summary>
    public bool Covers(Observation observation)
    {
        if (Covered is not { } node)
            return false;

        foreach (var location in observation.Locations)
        {
            if (location.Place.Path == node.Path && IsWithin(location.Place.Line, location.Place.Column, node))
                return true;
        }

        return false;
    }

    private static bool IsWithin(int line, int column, SourceLocation node) =>
        (line > node.Line || (line == node.Line && column >= node.Column)) &&
        (line < node.EndLine || (line == node.EndLine && column <= node.EndColumn));
}
