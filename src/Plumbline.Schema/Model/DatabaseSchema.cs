using System.Collections.Immutable;

namespace Plumbline.Schema.Model;

/// <summary>
/// The structure of one PostgreSQL database, whatever it was read from. Immutable; it knows nothing of its source beyond
/// <see cref="Source"/> and what that can express. Objects are sorted by name, so that equal structures print equal bytes.
/// </summary>
public sealed record DatabaseSchema
{
    /// <summary>An empty database with its schema <c>public</c>.</summary>
    public static DatabaseSchema Empty { get; } = new() { Namespaces = [new Namespace { Name = "public" }] };

    /// <summary>What it was read from.</summary>
    public SourceKind Source { get; init; }

    /// <summary>
    /// The major version of the server that printed its expressions, where it was read from one; else null: what is not read from a server is in the words of
    /// <see cref="PrintedVersion"/>. A snapshot does not keep it.
    /// </summary>
    public int? ServerVersion { get; init; }

    /// <summary>The version of PostgreSQL whose words expressions are in where no server printed them.</summary>
    public const int PrintedVersion = 15;

    /// <summary>The schemas.</summary>
    public ImmutableArray<Namespace> Namespaces { get; init; } = [];

    /// <summary>The tables.</summary>
    public ImmutableArray<Table> Tables { get; init; } = [];

    /// <summary>The views and materialized views.</summary>
    public ImmutableArray<View> Views { get; init; } = [];

    /// <summary>The enum types.</summary>
    public ImmutableArray<EnumType> Enums { get; init; } = [];

    /// <summary>The domains.</summary>
    public ImmutableArray<DomainType> Domains { get; init; } = [];

    /// <summary>The stand-alone composite types.</summary>
    public ImmutableArray<CompositeType> CompositeTypes { get; init; } = [];

    /// <summary>The range types.</summary>
    public ImmutableArray<RangeType> RangeTypes { get; init; } = [];

    /// <summary>The sequences.</summary>
    public ImmutableArray<Sequence> Sequences { get; init; } = [];

    /// <summary>The functions, procedures and aggregates.</summary>
    public ImmutableArray<Function> Functions { get; init; } = [];

    /// <summary>The extensions, without <c>plpgsql</c>.</summary>
    public ImmutableArray<Extension> Extensions { get; init; } = [];

    /// <summary>The publications.</summary>
    public ImmutableArray<Publication> Publications { get; init; } = [];

    /// <summary>The roles that the source creates.</summary>
    public ImmutableArray<Role> Roles { get; init; } = [];

    /// <summary>
    /// The schemas that the source speaks of; null where it speaks of all. A Prisma schema speaks of those that its datasource
    /// lists (<c>public</c> without a list), and what lies elsewhere is not visible to it.
    /// </summary>
    public ImmutableArray<string>? VisibleNamespaces { get; init; }
}

/// <summary>What a <see cref="DatabaseSchema"/> was read from.</summary>
public enum SourceKind
{
    /// <summary>Migrations or SQL files, replayed in memory.</summary>
    Sql,

    /// <summary>A Prisma schema.</summary>
    Prisma,

    /// <summary>A live database.</summary>
    Database,

    /// <summary>A Markdown document with Prisma or SQL fences.</summary>
    Document,
}
