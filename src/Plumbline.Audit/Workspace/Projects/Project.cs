using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>A project: a Prisma schema and the migrations that belong to it. One of the two may be missing.</summary>
public sealed record Project
{
    /// <summary>Its name, unlike that of every other project of the workspace.</summary>
    public required string Name { get; init; }

    /// <summary>Path of the schema, relative to the workspace's root: a file, or the folder of a schema of several files; null where the project has migrations
    /// only.</summary>
    public string? SchemaPath { get; init; }

    /// <summary>Whether <see cref="SchemaPath"/> is a folder.</summary>
    public bool IsSchemaFolder { get; init; }

    /// <summary>The files of the schema, sorted by path; one for a schema in one file.</summary>
    public ImmutableArray<WorkspaceFile> SchemaFiles { get; init; } = [];

    /// <summary>Path of another project's schema, whose text is the same but for white space, where this one has no migrations of its own; else null.</summary>
    public string? CopyOf { get; init; }

    /// <summary>Its migrations; null where it has none.</summary>
    public MigrationHistory? History { get; init; }

    /// <summary>Where the migrations would be if there were any, relative to the workspace's root.</summary>
    public required string ExpectedMigrationsPath { get; init; }

    /// <summary>The provider that the schema's <c>datasource</c> names, else that of the migrations' lock file, such as <c>postgresql</c>; null where none is
    /// named.</summary>
    public string? Provider { get; init; }

    /// <summary>Where <see cref="Provider"/> stands; null where none is named.</summary>
    public SourceLocation? ProviderLocation { get; init; }

    /// <summary>The version of Prisma that it uses.</summary>
    public PrismaVersion PrismaVersion => LazyPrismaVersion.Value;

    internal Lazy<PrismaVersion> LazyPrismaVersion { get; init; } = new(PrismaVersion.Assumed);

    /// <summary>The database schema of everything that names no other.</summary>
    public DefaultSchema DefaultSchema => LazyDefaultSchema.Value;

    internal Lazy<DefaultSchema> LazyDefaultSchema { get; init; } = new(DefaultSchema.Public);

    /// <summary>The <c>prisma.config.*</c> that governs it; null where there is none.</summary>
    public WorkspaceFile? PrismaConfig { get; init; }

    /// <summary>The tables that somebody else creates: Prisma neither creates, changes nor drops them.</summary>
    public ImmutableArray<ExternalObject> ExternalTables { get; init; } = [];

    /// <summary>The enums that somebody else creates.</summary>
    public ImmutableArray<ExternalObject> ExternalEnums { get; init; } = [];

    /// <summary><c>migrations.initShadowDb</c>: SQL that runs in the shadow database before the migrations; null where there is none.</summary>
    public SourceText? InitShadowDb { get; init; }

    /// <summary>The <c>package.json</c> nearest to the schema or the migrations; null where there is none up to the root.</summary>
    public PackageManifest? Package { get; init; }
}
