using Plumbline.Audit.Findings;
using Plumbline.Audit.History;

namespace Plumbline.Audit.Facts;

/// <summary>The cause that a refused statement has in common with everything that follows from it.</summary>
internal static class RefusalCause
{
    /// <summary>The cause of what follows from a refusal, the refusal itself included.</summary>
    public static Cause Of(HistoryProblem problem)
    {
        var outcome = problem.Outcome;
        if (problem.Absent is not null)
            return new Cause(CauseKind.StatementRefused, $"absent {problem.Migration}", $"{problem.Migration} names what does not exist at that point", new FindingLocation(LocationRole.Migration, outcome.Location));

        var place = outcome.Location;
        return new Cause(
            CauseKind.StatementRefused,
            FormattableString.Invariant($"refused {place.Path}:{outcome.Statement}"),
            $"PostgreSQL refuses {(outcome.Command.Length > 0 ? outcome.Command : "a statement")} in {problem.Migration}",
            new FindingLocation(LocationRole.Migration, place));
    }
}
