namespace Plumbline.PostgreSql.Shadow;

/// <summary>What a statement reaches.</summary>
/// <param name="Predicate">What it does beyond its database, as a predicate; null where nothing is known that it does.</param>
/// <param name="IsDecided">Whether all of it was understood. What an EXECUTE of a computed text does is known only when it runs.</param>
internal readonly record struct StatementReach(string? Predicate, bool IsDecided = true)
{
    /// <summary>Why it is not run, in a clause; null where it is.</summary>
    public string? Why { get; init; }

    /// <summary>A statement that stays inside of its database.</summary>
    public static StatementReach Inside { get; } = new(null);

    /// <summary>A statement of which that is not known.</summary>
    public static StatementReach Undecided { get; } = new(null, IsDecided: false);

    /// <summary>What both reach.</summary>
    public StatementReach And(StatementReach other) => new(Predicate ?? other.Predicate, IsDecided && other.IsDecided);
}
