using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The files that say which projects a repository has, and how their schemas and migrations are read: what the finders of this folder look at.</summary>
internal static class ProjectFiles
{
    private static readonly ImmutableArray<string> Names =
    [
        .. PrismaVersionFinder.FileNames, .. MigrationHistoryReader.CodeNames, MigrationHistory.LockName, "snapshot.json", "index.d.ts",
        "Makefile", "Justfile", "justfile", "project.json", "turbo.json", "pyproject.toml", "config.toml",
    ];

    private static readonly ImmutableArray<string> Endings = [".prisma", ".sql", ".sh"];

    /// <summary>Whether a file is one of them.</summary>
    public static bool IsWanted(string path)
    {
        var name = RelativePath.NameOf(path);
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return Names.Contains(name) || EnvironmentFileNames.IsName(name) || PrismaConfigFile.IsConfig(path) || RepositoryCommands.IsCi(path) ||
            name.StartsWith("Dockerfile", StringComparison.Ordinal) || IsComposition(name) || path.Contains("/runtime/", StringComparison.Ordinal);
    }

    private static bool IsComposition(string name) =>
        name.Contains("compose", StringComparison.OrdinalIgnoreCase) && Path.GetExtension(name) is ".yml" or ".yaml";
}
