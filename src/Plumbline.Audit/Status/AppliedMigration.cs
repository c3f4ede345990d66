namespace Plumbline.Audit.Status;

/// <summary>A row of <c>_prisma_migrations</c>: one attempt to apply a migration ("About migration histories" in Prisma's documentation).</summary>
/// <param name="Name">The migration's name: that of its folder when it was applied.</param>
/// <param name="Checksum">SHA-256 of the script that was applied, in hexadecimal digits.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it had succeeded; null where it has not.</param>
/// <param name="RolledBackAt">When somebody marked it as rolled back; null where nobody has.</param>
/// <param name="Logs">What the server said when it failed; null or empty where it did not.</param>
public sealed record AppliedMigration(string Name, string Checksum, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, DateTimeOffset? RolledBackAt, string? Logs)
{
    /// <summary>Whether it began, and neither succeeded nor was marked as rolled back: Prisma applies nothing more (P3009).</summary>
    public bool HasFailed => FinishedAt is null && RolledBackAt is null;

    /// <summary>Whether it is in force.</summary>
    public bool IsApplied => FinishedAt is not null && RolledBackAt is null;
}
