namespace Plumbline.PostgreSql.Replay;

/// <summary>A run of migrations in a history.</summary>
/// <param name="First">The index of the first.</param>
/// <param name="Count">Number of migrations.</param>
public readonly record struct MigrationGroup(int First, int Count)
{
    /// <summary>The index of the last.</summary>
    public int Last => First + Count - 1;
}
