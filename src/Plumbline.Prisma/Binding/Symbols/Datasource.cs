using System.Collections.Immutable;
using Plumbline.Prisma.Syntax;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Binding.Symbols;

/// <summary>Who keeps references whole: <c>relationMode</c>.</summary>
public enum RelationMode
{
    /// <summary>The database, by foreign keys.</summary>
    ForeignKeys,

    /// <summary>The client; the database has no foreign keys.</summary>
    Prisma,
}

/// <summary>A <c>datasource</c>.</summary>
public sealed class Datasource : Declaration
{
    internal Datasource(BlockSyntax syntax, SourceText source) : base(syntax, source)
    {
    }

    /// <summary>Its <c>provider</c>, such as <c>postgresql</c>; null where it says none.</summary>
    public string? Provider { get; internal set; }

    /// <summary>Whether its provider is PostgreSQL (<c>postgresql</c> or <c>postgres</c>).</summary>
    public bool IsPostgreSql => Provider is "postgresql" or "postgres";

    /// <summary>Its <c>url</c>; null where it has none, as from Prisma 7 on.</summary>
    public ConnectionUrl? Url { get; internal set; }

    /// <summary>Its <c>directUrl</c>; null where it has none.</summary>
    public ConnectionUrl? DirectUrl { get; internal set; }

    /// <summary>Its <c>shadowDatabaseUrl</c>; null where it has none.</summary>
    public ConnectionUrl? ShadowDatabaseUrl { get; internal set; }

    /// <summary>Its <c>relationMode</c> (or <c>referentialIntegrity</c>, as it was called); foreign keys where it says nothing.</summary>
    public RelationMode RelationMode { get; internal set; }

    /// <summary>Its <c>schemas</c>; empty where it has none.</summary>
    public ImmutableArray<string> Schemas { get; internal set; } = [];

    /// <summary>Its <c>extensions</c>; empty where it has none.</summary>
    public ImmutableArray<DatasourceExtension> Extensions { get; internal set; } = [];
}

/// <summary>A connection string of a datasource, or the environment variable that holds it.</summary>
/// <param name="Value">The connection string; null where it is taken from the environment.</param>
/// <param name="EnvironmentVariable">The variable of <c>env("…")</c>; null where the string is written out.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ConnectionUrl(string? Value, string? EnvironmentVariable, SourceLocation Location);

/// <summary>A PostgreSQL extension that a datasource lists.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="DatabaseName">Its name in the database (<c>map:</c>), where that is another; else the same.</param>
/// <param name="Schema">The database schema that it is to be in (<c>schema:</c>); null where it says nothing.</param>
/// <param name="Version">The version that it is to have (<c>version:</c>); null where it says nothing.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record DatasourceExtension(string Name, string DatabaseName, string? Schema, string? Version, SourceLocation Location);

/// <summary>A <c>generator</c>.</summary>
public sealed class Generator : Declaration
{
    internal Generator(BlockSyntax syntax, SourceText source) : base(syntax, source)
    {
    }

    /// <summary>Its <c>provider</c>, such as <c>prisma-client-js</c>; null where it says none.</summary>
    public string? Provider { get; internal set; }

    /// <summary>Its <c>output</c>; null where it says none.</summary>
    public string? Output { get; internal set; }

    /// <summary>Its <c>previewFeatures</c>; empty where it has none.</summary>
    public ImmutableArray<string> PreviewFeatures { get; internal set; } = [];
}
