namespace Plumbline.PostgreSql.Shadow;

/// <summary>What became of one statement in a shadow database.</summary>
/// <param name="Migration">The migration, as an index into the history.</param>
/// <param name="Statement">The statement's index in its migration, from 0.</param>
/// <param name="Error">What the server refused it with; null where it did not, and where it did not run. The place is an offset into the migration's text.</param>
/// <param name="LeftOut">Why nothing can be said of it: it did not run, or was refused for a reason that is not its own (<see cref="Gap"/>); else null.</param>
public sealed record ShadowOutcome(int Migration, int Statement, SqlError? Error, string? LeftOut)
{
    /// <summary>What <see cref="LeftOut"/> is the reason of.</summary>
    public ShadowGap Gap { get; init; }

    /// <summary>Whether it did not run, and what it would have made may be missing.</summary>
    public bool LeavesGap { get; init; }
}
