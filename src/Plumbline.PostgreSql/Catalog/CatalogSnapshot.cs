using System.Collections.Immutable;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Catalog;

/// <summary>What one transaction saw of a database.</summary>
public sealed record CatalogSnapshot
{
    /// <summary>Its structure.</summary>
    public required DatabaseSchema Schema { get; init; }

    /// <summary>The server, and as whom it was asked.</summary>
    public required ServerFacts Server { get; init; }

    /// <summary>What the server has counted; null where nobody asked for it.</summary>
    public CatalogStatistics? Statistics { get; init; }

    /// <summary>The extensions that the server could install, sorted by name; empty where nobody asked for statistics.</summary>
    public ImmutableArray<AvailableExtension> AvailableExtensions { get; init; } = [];

    /// <summary>What could not be seen, each in a sentence.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>An extension that a server could install.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Versions">The versions that it could be installed in, sorted as texts.</param>
public sealed record AvailableExtension(string Name, ImmutableArray<string> Versions);

/// <summary>A server, and as whom it was asked.</summary>
public sealed record ServerFacts
{
    /// <summary>Its version as it calls it, such as <c>15.18</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Its version as a number, such as 150018.</summary>
    public required int VersionNumber { get; init; }

    /// <summary>Its major version.</summary>
    public int Major => VersionNumber / 10000;

    /// <summary>The database.</summary>
    public required string Database { get; init; }

    /// <summary>The role that asked.</summary>
    public required string Role { get; init; }

    /// <summary>Whether that role is a superuser.</summary>
    public required bool IsSuperuser { get; init; }

    /// <summary>The roles that no policy holds back (superusers, <c>BYPASSRLS</c>), by the names that the structure has for them, sorted.</summary>
    public ImmutableArray<string> RolesPastRowSecurity { get; init; } = [];

    /// <summary>The role that owns the database.</summary>
    public required string DatabaseOwner { get; init; }

    /// <summary>Whether the session is encrypted; null where the server does not say. Behind a pooler it is the pooler's session that is meant.</summary>
    public bool? UsesTls { get; init; }

    /// <summary>Whether it only follows another server.</summary>
    public bool IsStandby { get; init; }
}
