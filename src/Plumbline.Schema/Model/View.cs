using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>A view or materialized view.</summary>
public sealed record View : NamedObject
{
    /// <summary>Whether it is materialized.</summary>
    public bool IsMaterialized { get; init; }

    /// <summary>Its query, as <c>pg_get_viewdef</c> prints it where it is canonical.</summary>
    public required SqlExpression Definition { get; init; }

    /// <summary>Its columns with their types; empty where the source cannot know them.</summary>
    public ImmutableArray<Column> Columns { get; init; } = [];

    /// <summary>Its options (<c>security_barrier</c>, <c>security_invoker</c>, <c>check_option</c>) or storage parameters, sorted by name.</summary>
    public ImmutableArray<StorageParameter> Options { get; init; } = [];

    /// <summary>Whether a materialized view holds data.</summary>
    public bool IsPopulated { get; init; } = true;

    /// <summary>The indexes of a materialized view.</summary>
    public ImmutableArray<Index> Indexes { get; init; } = [];

    /// <summary>Its INSTEAD OF and statement triggers.</summary>
    public ImmutableArray<Trigger> Triggers { get; init; } = [];

    /// <summary>Its rewrite rules.</summary>
    public ImmutableArray<RewriteRule> Rules { get; init; } = [];

    /// <summary>The Prisma view that it stands for, where the source is a Prisma schema.</summary>
    public string? ModelName { get; init; }
}
