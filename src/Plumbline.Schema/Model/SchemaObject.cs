using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Model;

/// <summary>What every object and member of a schema has: where it comes from and what is said about it.</summary>
public abstract record SchemaObject
{
    /// <summary>Where it is declared or created; null where the source has no text (a live database, a snapshot).</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>From a replay: the statements that changed it after its creation, in their order.</summary>
    public ImmutableArray<SourceLocation> ChangedBy { get; init; } = [];

    /// <summary>Its comment (<c>COMMENT ON</c>); null where it has none.</summary>
    public string? Comment { get; init; }
}

/// <summary>An object that lives directly in a schema.</summary>
public abstract record NamedObject : SchemaObject
{
    /// <summary>Its schema and name.</summary>
    public required ObjectName Name { get; init; }

    /// <summary>The role that owns it; null where the source does not say.</summary>
    public string? Owner { get; init; }

    /// <summary>Its privileges; null where they are the defaults of its kind or the source does not say.</summary>
    public ImmutableArray<Grant>? Grants { get; init; }
}

/// <summary>Privileges of one role on one object.</summary>
/// <param name="Grantee">Name of the role; the empty string is <c>PUBLIC</c>.</param>
/// <param name="Grantor">The role that gave them; null where the source does not say.</param>
/// <param name="Privileges">The privileges as an ACL item prints them, in the order of <c>arwdDxtXUCTcsAm</c>; a star behind a letter is the grant option.
/// PostgreSQL documentation, "Privileges".</param>
public sealed record Grant(string Grantee, string? Grantor, string Privileges);
