using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The files of one Prisma schema, before it is known which migrations belong to it.</summary>
internal sealed record SchemaCandidate
{
    /// <summary>Path of the file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>Whether <see cref="Path"/> is a folder.</summary>
    public bool IsFolder { get; init; }

    /// <summary>Whether a configuration, a package or a script names it.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The files, sorted by path.</summary>
    public required ImmutableArray<WorkspaceFile> Files { get; init; }

    /// <summary>The file with the datasource; null where none has one.</summary>
    public WorkspaceFile? DatasourceFile { get; init; }

    /// <summary>The datasource; null where no file has one.</summary>
    public DatasourceScanner.Datasource? Datasource { get; init; }

    /// <summary>Where Prisma would look for the migrations if nothing says otherwise: beside the file with the datasource.</summary>
    public string DefaultMigrations => RelativePath.Join(DatasourceFile?.Folder ?? (IsFolder ? Path : RelativePath.FolderOf(Path)), "migrations");
}
