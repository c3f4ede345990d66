namespace Plumbline.Audit.Status;

/// <summary>How a migration stands to a database.</summary>
public enum MigrationState
{
    /// <summary>Applied, as it appears in the repository.</summary>
    Applied,

    /// <summary>In the repository and not applied.</summary>
    Pending,

    /// <summary>It started and did not finish: Prisma applies nothing more until somebody resolves it (P3009).</summary>
    Failed,

    /// <summary>It failed and was marked as rolled back: Prisma applies it again.</summary>
    RolledBack,

    /// <summary>Applied, and its script is another one now.</summary>
    Edited,

    /// <summary>Applied, and not in the repository.</summary>
    Unknown,
}

/// <summary>The names of the states, as reports write them.</summary>
public static class MigrationStateNames
{
    /// <summary>The name of a state.</summary>
    public static string Name(this MigrationState state) => state switch
    {
        MigrationState.Applied => "applied",
        MigrationState.Pending => "pending",
        MigrationState.Failed => "failed",
        MigrationState.RolledBack => "rolled-back",
        MigrationState.Edited => "edited",
        _ => "unknown",
    };
}
