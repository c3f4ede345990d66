using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>
/// Which files are searched for passwords of databases. Of the code only what reads settings or is run by hand: the rest of it is most of a repository, and
/// reading it would take longer than everything else.
/// </summary>
internal static class CredentialFiles
{
    private static readonly string[] TestFolders =
        ["test", "tests", "__tests__", "e2e", "spec", "fixtures", "__fixtures__", "__mocks__", "__snapshots__", "testing", "testdata", "node_modules", "vendor"];

    // ecosystem.config.cjs
    private const int LongestSettingsName = 22;

    private static readonly string[] CommandFiles = ["Makefile", "Justfile", "justfile", "Procfile", "Dockerfile", "Containerfile"];

    private static readonly string[] JsonFiles =
    [
        "package.json", "mcp.json", ".mcp.json", "settings.json", "settings.local.json", "launch.json", "tasks.json", "ormconfig.json", "config.json", "default.json",
        "production.json",
    ];

    private static readonly string[] ConfigurationStems = ["values", "secret", "config", "application", "settings"];

    /// <summary>What kind of file a path is; null where it is not searched.</summary>
    public static CredentialPlace? Of(string path)
    {
        // Asked for every file of a repository, most of which are code.
        var slash = path.LastIndexOf('/');
        var dot = path.AsSpan(slash + 1).LastIndexOf('.');
        switch (dot < 0 ? "" : path.AsSpan(slash + 1 + dot))
        {
            case ".ts" or ".mts" or ".cts" or ".js" or ".mjs" or ".cjs":
                return IsCode(path, slash) && !IsOfTests(path) ? CredentialPlace.Code : null;
            case ".tsx" or ".jsx" or ".css" or ".scss" or ".svg" or ".png" or ".snap" or ".html":
                return null;
            case ".md" or ".mdx" or ".markdown":
                return IsOfTests(path) || IsHidden(path) ? null : CredentialPlace.Document;
            case ".sh" or ".bash" or ".zsh" or ".ps1":
                return IsOfTests(path) ? null : CredentialPlace.Script;
            case ".sql":
                return IsOfTests(path) ? null : path.EndsWith(MigrationHistory.ScriptName, StringComparison.Ordinal) ? CredentialPlace.Migration : CredentialPlace.Sql;
        }

        var name = path[(slash + 1)..];
        if (EnvironmentFileNames.IsName(name))
            return EnvironmentFileNames.IsTemplate(name) ? CredentialPlace.Template : CredentialPlace.Environment;

        if (CommandFiles.Contains(name, StringComparer.Ordinal) || name.StartsWith("Dockerfile.", StringComparison.Ordinal))
            return IsOfTests(path) ? null : CredentialPlace.Script;

        return Path.GetExtension(name) switch
        {
            ".yml" or ".yaml" => RepositoryCommands.IsCi(path)
                ? CredentialPlace.Pipeline
                : ConnectionFiles.IsCompose(path)
                ? CredentialPlace.Composition
                : ConnectionFiles.IsDeployment(path) || IsConfiguration(name)
                ? CredentialPlace.Configuration
                : null,
            ".json" or ".jsonc" when JsonFiles.Contains(name, StringComparer.Ordinal) || name.StartsWith("appsettings", StringComparison.Ordinal) =>
                CredentialPlace.Configuration,
            ".json" or ".jsonc" => ConnectionFiles.IsDeployment(path) ? CredentialPlace.Configuration : null,
            ".toml" => ConnectionFiles.IsDeployment(path) || IsConfiguration(name) ? CredentialPlace.Configuration : null,
            _ => null,
        };
    }

    private static bool IsConfiguration(string name) => Array.Exists(ConfigurationStems, stem => name.Contains(stem, StringComparison.OrdinalIgnoreCase));

    private static bool IsCode(string path, int slash)
    {
        var name = path.AsSpan(slash + 1);
        var above = path.AsSpan(0, Math.Max(slash, 0));
        above = above[(above.LastIndexOf('/') + 1)..];
        if (above is "scripts" or "script" or "bin" or "prisma" or "seed" or "seeds" or "db" || name.StartsWith("seed", StringComparison.OrdinalIgnoreCase))
            return true;

        // The names that settings are read under are short.
        return name.Length <= LongestSettingsName && (ConnectionFiles.IsSettingsCode(path) || PrismaConfigFile.IsConfig(path) || ConnectionFiles.IsDeployment(path));
    }

    // What agents are told (.agents/skills, .claude) is mostly copied from elsewhere, and can be more than all other documents.
    private static bool IsHidden(string path) =>
        (path[0] == '.' && !path.StartsWith(".github/", StringComparison.Ordinal)) || path.Contains("/.", StringComparison.Ordinal);

    private static bool IsOfTests(string path)
    {
        if (path.Contains(".test.", StringComparison.Ordinal) || path.Contains(".spec.", StringComparison.Ordinal))
            return true;

        var folders = path.AsSpan(0, Math.Max(path.LastIndexOf('/'), 0));
        foreach (var range in folders.Split('/'))
        {
            var folder = folders[range];
            foreach (var test in TestFolders)
            {
                if (folder.Equals(test, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }

        return false;
    }
}
