using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Commands;

/// <summary>The files that say which commands a repository runs on its schemas and migrations.</summary>
internal static class SchemaScripts
{
    /// <summary>Whether a file is one of them.</summary>
    public static bool IsScript(WorkspaceFile file) =>
        file.Name is "Makefile" or "Justfile" or "justfile" or "package.json" or "project.json" or "turbo.json" or "pyproject.toml" or "Procfile" ||
        file.Name.StartsWith("Dockerfile", StringComparison.Ordinal) || file.Name.EndsWith(".sh", StringComparison.Ordinal) || RepositoryCommands.IsCi(file.Path);
}
