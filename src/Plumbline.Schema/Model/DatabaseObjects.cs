using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>A schema in PostgreSQL's sense: a namespace of the database.</summary>
public sealed record Namespace : SchemaObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The role that owns it; null where the source does not say.</summary>
    public string? Owner { get; init; }

    /// <summary>Its privileges; null where they are the defaults or the source does not say.</summary>
    public ImmutableArray<Grant>? Grants { get; init; }
}

/// <summary>An installed extension.</summary>
public sealed record Extension : SchemaObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The schema that holds its objects; null where the source does not say.</summary>
    public string? Schema { get; init; }

    /// <summary>Its version; null where the source does not say.</summary>
    public string? Version { get; init; }
}

/// <summary>A publication for logical replication.</summary>
public sealed record Publication : SchemaObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is FOR ALL TABLES.</summary>
    public bool AllTables { get; init; }

    /// <summary>Its tables, sorted.</summary>
    public ImmutableArray<ObjectName> Tables { get; init; } = [];

    /// <summary>Its schemas (<c>TABLES IN SCHEMA</c>), sorted.</summary>
    public ImmutableArray<string> Schemas { get; init; } = [];

    /// <summary>Its options, sorted by name.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];
}

/// <summary>A role that the source creates or names.</summary>
public sealed record Role : SchemaObject
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
