using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Connections;

/// <summary>Which files of a repository may name a database.</summary>
internal static class ConnectionFiles
{
    private static readonly string[] DeploymentNames =
    [
        "Containerfile", "railway.toml", "railway.json", "render.yaml", "render.yml", "vercel.json", "netlify.toml", "wrangler.toml", "wrangler.json", "wrangler.jsonc",
        "serverless.yml", "serverless.yaml", "nixpacks.toml", "Procfile", "ecosystem.config.js", "ecosystem.config.cjs", "devcontainer.json", ".gitpod.yml", "sst.config.ts",
    ];

    private static readonly string[] DeploymentFolders =
        ["k8s", "kubernetes", "deploy", "deployment", "deployments", "helm", "charts", "manifests", "infra", "kustomize"];

    private static readonly string[] CodeStems = ["env", "config", "configuration", "environment", "database", "db", "db-url", "dburl", "database-url", "prisma", "settings", "db.server", "prisma.server"];

    private static readonly string[] CodeEndings = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

    /// <summary>Whether a path is that of a file of Docker Compose.</summary>
    public static bool IsCompose(string path) =>
        RelativePath.NameOf(path) is var name && name.Contains("compose", StringComparison.OrdinalIgnoreCase) && IsYaml(name);

    /// <summary>Whether a path is that of a file that describes a deployment.</summary>
    public static bool IsDeployment(string path)
    {
        var name = RelativePath.NameOf(path);
        if (DeploymentNames.Contains(name, StringComparer.Ordinal) || DockerStages.IsDockerfile(name) || path == "app.json")
        {
            return true;
        }

        return (name.StartsWith("fly.", StringComparison.Ordinal) && name.EndsWith(".toml", StringComparison.Ordinal)) ||
            (IsYaml(name) && path.Split('/')[..^1].Any(folder => DeploymentFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>Whether a path is that of code where settings are read: a file named for it, outside of tests.</summary>
    public static bool IsSettingsCode(string path)
    {
        var name = RelativePath.NameOf(path);
        foreach (var ending in CodeEndings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
            {
                return CodeStems.Contains(name[..^ending.Length], StringComparer.OrdinalIgnoreCase) && !IsTest(path);
            }
        }

        return false;
    }

    private static bool IsTest(string path) =>
        path.Split('/').Any(part => part is "test" or "tests" or "__tests__" or "e2e" or "fixtures" or "docs" or "examples" or "node_modules" or "dist" or "generated");

    private static bool IsYaml(string name) =>
        name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);
}
