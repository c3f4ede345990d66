using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;

namespace Plumbline.Audit.Sources;

/// <summary>The files of a source before anything of them is read.</summary>
/// <param name="Name">The source as it was named.</param>
/// <param name="Listing">Lists its files: a repository can be opened meanwhile.</param>
/// <param name="Path">The path of the file or folder in the tree.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="PrismaVersion">The version of Prisma that is used where it lies.</param>
internal sealed record SourceFiles(string Name, Lazy<FileTree> Listing, string Path, bool IsFolder, Lazy<PrismaVersion> PrismaVersion)
{
    private const string PrismaExtension = ".prisma";

    private readonly Lazy<MigrationHistory> _history = new(() => new MigrationHistoryReader(Listing.Value).Read(Path));

    /// <summary>Its files.</summary>
    public FileTree Tree => Listing.Value;

    /// <summary>Where in a repository it lies; null where it lies in none.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>The form of the source.</summary>
    /// <exception cref="InputException">It has none of the known ones.</exception>
    public SourceForm Form => IsFolder ? FormOfFolder() : FormOfFile();

    /// <summary>A folder, read as one of migrations.</summary>
    public MigrationHistory History => _history.Value;

    /// <summary>The one file of a source that is no folder.</summary>
    public WorkspaceFile File => Tree.Find(Path)!;

    /// <summary>The files of a Prisma schema, sorted by path.</summary>
    public ImmutableArray<WorkspaceFile> SchemaFiles =>
        IsFolder ? [.. Tree.Under(Path).Where(file => file.Path.EndsWith(PrismaExtension, StringComparison.Ordinal))] : [File];

    private SourceForm FormOfFile() => System.IO.Path.GetExtension(Path).ToLowerInvariant() switch
    {
        PrismaExtension => SourceForm.PrismaSchema,
        ".sql" => SourceForm.Sql,
        ".md" or ".markdown" or ".mdx" => SourceForm.Document,
        ".json" => SourceForm.Snapshot,
        _ => throw new InputException($"{Name} is not a source: its name must end in .prisma, .sql, .md or .json."),
    };

    private SourceForm FormOfFolder()
    {
        if (History.Lock is not null || History.Migrations.Any(migration => migration.Script is not null))
        {
            return SourceForm.Migrations;
        }

        return SchemaFiles.IsEmpty
            ? throw new InputException($"{Name} is not a source: the folder contains neither .prisma files nor Prisma migrations (folders with a migration.sql).")
            : SourceForm.PrismaSchema;
    }
}
