using System.Buffers;
using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>The migrations folder of a project.</summary>
public sealed record MigrationHistory
{
    /// <summary>Name of the file that Prisma runs.</summary>
    public const string ScriptName = "migration.sql";

    /// <summary>Name of the file beside the migrations that names their provider.</summary>
    public const string LockName = "migration_lock.toml";

    internal static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    internal MigrationHistory(string path, ImmutableArray<MigrationFolder> migrations, ImmutableArray<WorkspaceFile> strayFiles, MigrationLock? @lock)
    {
        Path = path;
        Migrations = migrations;
        StrayFiles = strayFiles;
        Lock = @lock;
    }

    internal Lazy<OwnRunner?> LazyOwnRunner { get; init; } = new((OwnRunner?)null);

    /// <summary>Path of the folder, relative to the workspace's root.</summary>
    public string Path { get; }

    /// <summary>What could not be read of the folder itself: that it is a link which leads outside, or what is deeper in it than migrations are. What is wrong with a
    /// migration is its own problem.</summary>
    public ImmutableArray<Diagnostic> Problems { get; init; } = [];

    /// <summary>Whether it lies where Prisma looks, or where the configuration says; else it was found by its shape, and prisma migrate does not run it.</summary>
    public bool IsWherePrismaLooks { get; init; } = true;

    /// <summary>Its migrations in Prisma's order: every folder counts, sorted by name, byte by byte.</summary>
    public ImmutableArray<MigrationFolder> Migrations { get; }

    /// <summary>The names of the migrations that could not be read, in Prisma's order: nobody knows what they do.</summary>
    public ImmutableArray<string> Unread => [.. Migrations.Where(migration => migration.IsUnread).Select(migration => migration.Name)];

    /// <summary>The <c>.sql</c> files in it that Prisma never runs: beside the migrations' folders, or in one under another name than <c>migration.sql</c>.
    /// Sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> StrayFiles { get; }

    /// <summary>The migrations that are code (<c>migration.ts</c>), which only a program of the team's own runs; sorted by path. They are none of
    /// <see cref="Migrations"/>.</summary>
    public ImmutableArray<WorkspaceFile> CodeMigrations { get; init; } = [];

    /// <summary>The program of the team's own that runs the migrations; null where nothing shows one.</summary>
    public OwnRunner? OwnRunner => LazyOwnRunner.Value;

    /// <summary>Its <c>migration_lock.toml</c>; null where it has none.</summary>
    public MigrationLock? Lock { get; }
}
