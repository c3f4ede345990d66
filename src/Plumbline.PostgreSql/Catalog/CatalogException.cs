namespace Plumbline.PostgreSql.Catalog;

/// <summary>A database could not be reached or read. The message is for people: full sentences, and never the password.</summary>
/// <param name="failure">What kind of failure.</param>
/// <param name="message">What happened.</param>
/// <param name="sqlState">The server's error code; null where it did not come so far.</param>
public sealed class CatalogException(CatalogFailure failure, string message, string? sqlState = null) : Exception(message)
{
    /// <summary>What kind of failure.</summary>
    public CatalogFailure Failure { get; } = failure;

    /// <summary>The server's error code; null where it did not come so far.</summary>
    public string? SqlState { get; } = sqlState;
}

/// <summary>Why a database could not be reached or read.</summary>
public enum CatalogFailure
{
    /// <summary>The host's name is not known.</summary>
    NameNotFound,

    /// <summary>Nothing listens there.</summary>
    Refused,

    /// <summary>Nobody answered in time.</summary>
    TimedOut,

    /// <summary>No agreement on encryption.</summary>
    Tls,

    /// <summary>The server does not let the role in.</summary>
    Login,

    /// <summary>There is no such database.</summary>
    NoSuchDatabase,

    /// <summary>The role may not do what is needed.</summary>
    Denied,

    /// <summary>Another session's lock was not released in time.</summary>
    Locked,

    /// <summary>The server is older than what can be read.</summary>
    TooOld,

    /// <summary>The connection broke.</summary>
    Lost,

    /// <summary>The caller did not want to wait any longer.</summary>
    Interrupted,

    /// <summary>Something else.</summary>
    Other,
}
