namespace Plumbline.PostgreSql.Shadow;

/// <summary>What became of one statement in a shadow database.</summary>
/// <param name="Migration">The migration, as an index into the history.</param>
/// <param name="Statement">The statement's index in its migration, from 0.</param>
/// <param name="Error">What the server refused it with; null where it did not. The place is an offset into the migration's text.</param>
/// <param name="LeftOut">Why it did not run; null where it did.</param>
public sealed record ShadowOutcome(int Migration, int Statement, SqlError? Error, string? LeftOut)
{
    /// <summary>Whether it did not run, and what it would have made may be missing.</summary>
    public bool LeavesGap { get; init; }
}
