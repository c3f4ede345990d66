namespace Plumbline.Audit.Findings;

/// <summary>What is known about how much harm a fact does.</summary>
internal sealed record Evidence
{
    /// <summary>Nothing is known.</summary>
    public static Evidence None { get; } = new();

    /// <summary>Whether it is done in a migration that is taken to be applied everywhere: history, and no advice.</summary>
    public bool IsApplied { get; init; }

    /// <summary>About how many rows the table in a live database has; null where that is not known.</summary>
    public long? Rows { get; init; }

    /// <summary>With how many rows of the table the harm begins; null where rows do not matter.</summary>
    public long? HarmBegins { get; init; }

    /// <summary>Whether a live database shows that the harm has not begun.</summary>
    public bool IsHarmless => Rows < HarmBegins;
}
