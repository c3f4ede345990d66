namespace Plumbline.Audit.Live;

/// <summary>The steps in which a database is read.</summary>
public enum LiveReading
{
    /// <summary>The connection is made.</summary>
    Connection,

    /// <summary>Its catalog is read.</summary>
    Catalog,

    /// <summary>The migrations that were applied to it are read.</summary>
    History,
}
