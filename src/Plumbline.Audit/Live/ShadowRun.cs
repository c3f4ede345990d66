using System.Collections.Immutable;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Shadow;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Live;

/// <summary>What came of a project's migrations when they ran for real, in a database made for that.</summary>
/// <param name="Server">The server, as it was named.</param>
public sealed record ShadowRun(DatabaseUrl Server)
{
    /// <summary>What became of each statement, in the order of <see cref="History"/>; empty where it did not come so far.</summary>
    public ImmutableArray<ShadowOutcome> Outcomes { get; init; } = [];

    /// <summary>The migrations in the order in which they ran.</summary>
    public ImmutableArray<MigrationSource> History { get; init; } = [];

    /// <summary>The database that they made; null where it did not come so far.</summary>
    public DatabaseSchema? Schema { get; init; }

    /// <summary>Why it did not finish; null where it did.</summary>
    public CatalogException? Failure { get; init; }

    /// <summary>The name of the database where it could not be dropped; null where it is gone.</summary>
    public string? LeftBehind { get; init; }
}
