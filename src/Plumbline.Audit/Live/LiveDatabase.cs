using Plumbline.Audit.Status;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Live;

/// <summary>A database that an audit was asked to look at: what was read of it, or why nothing could be.</summary>
/// <param name="Url">Its URL.</param>
public sealed record LiveDatabase(DatabaseUrl Url)
{
    /// <summary>Its structure and statistics; null where it was not reached.</summary>
    public CatalogSnapshot? Snapshot { get; init; }

    /// <summary>What it says of the migrations that were applied; null where it was not reached.</summary>
    public AppliedMigrations? History { get; init; }

    /// <summary>Why it was not reached or not read to its end; null where it was.</summary>
    public CatalogException? Failure { get; init; }

    /// <summary>What was being read when it failed.</summary>
    public LiveReading FailedAt { get; init; }

    /// <summary>How long it was tried, where it was not reached.</summary>
    public TimeSpan Waited { get; init; }
}
