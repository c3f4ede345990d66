using Plumbline.Schema.Text;

namespace Plumbline.Audit.Status;

/// <summary>How one migration stands to a database.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state.</param>
public sealed record MigrationStanding(string Name, MigrationState State)
{
    /// <summary>When it was applied; null where it is not.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>The first line of what the server said when it failed; null where it did not.</summary>
    public string? Log { get; init; }

    /// <summary>Whether it is not in the order of the folders: one that comes after it was applied before it.</summary>
    public bool IsOutOfOrder { get; init; }

    /// <summary>Why its script cannot be read, or not as it is; null where nothing is wrong with it.</summary>
    public Diagnostic? Problem { get; init; }

    /// <summary>Its script; null where the repository does not have it.</summary>
    public SourceLocation? Location { get; init; }
}
