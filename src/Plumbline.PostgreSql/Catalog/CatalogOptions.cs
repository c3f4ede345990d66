namespace Plumbline.PostgreSql.Catalog;

/// <summary>How a catalog is read.</summary>
public sealed record CatalogOptions
{
    /// <summary>The defaults: no statistics, and patience for seconds, not minutes.</summary>
    public static CatalogOptions Default { get; } = new();

    /// <summary>How long a server may take to let a session in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take in all to connect, whatever the URL says and however many hosts it names.</summary>
    public TimeSpan OpeningDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all that is asked over one connection may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long one query may run.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long all migrations of a shadow database may run.</summary>
    public TimeSpan RunDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a query may wait for another session's lock.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the statistics are read too: rows, sizes, use of indexes, values of sequences.</summary>
    public bool WithStatistics { get; init; }
}
