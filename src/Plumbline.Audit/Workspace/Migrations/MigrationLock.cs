using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>A <c>migration_lock.toml</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Provider">The provider that it names, such as <c>postgresql</c>; null where it names none.</param>
/// <param name="Location">Where the provider stands, or the file's beginning.</param>
public sealed record MigrationLock(WorkspaceFile File, string? Provider, SourceLocation Location);
