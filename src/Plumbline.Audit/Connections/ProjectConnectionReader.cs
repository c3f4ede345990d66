using System.Collections.Immutable;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Connections;

/// <summary>Finds out how a project comes to its database URL.</summary>
internal static class ProjectConnectionReader
{
    private const string Next = "next";

    private static readonly RepositoryFact<WorkspaceFile[]> Configs = new(workspace => [.. workspace.Files.Where(file => PrismaConfigFile.IsConfig(file.Path))]);
    private static readonly RepositoryFact<PackageManifest[]> Applications = new(workspace => [.. workspace.Packages.Where(package => package.Dependencies.Any(dependency => dependency.Name == Next))]);
    private static readonly RepositoryFact<ILookup<string, PackageManifest>> PackagesOfFolder = new(workspace => workspace.Packages.ToLookup(package => package.File.Folder, StringComparer.Ordinal));

    /// <summary>Reads what its schema, its <c>prisma.config.ts</c> and its scripts say.</summary>
    public static ProjectConnection Read(Project project, Datasource? datasource, Repository workspace, Dictionary<string, EnvironmentFile> byPath)
    {
        var folders = FoldersOf(project);
        var config = ConfigOf(workspace, folders) is { Text: { } text } ? PrismaConfigFile.Read(text) : null;

        // What the configuration says counts for the CLI; the schema's own URL, where there still is one, is what older clients use.
        var url = config is { Url.IsEmpty: false } ? config.Url : Reference(datasource?.Url);
        var place = project.SchemaFiles.IsEmpty
            ? SourceLocation.StartOf(project.ExpectedMigrationsPath)
            : SourceLocation.StartOf(project.SchemaFiles[0].Path);
        var connection = new ProjectConnection
        {
            Project = project,
            Url = url.IsEmpty ? [new UrlReference(ConnectionVariables.Default, null, datasource?.Location ?? place)] : url,
            DirectUrl = Reference(datasource?.DirectUrl),
            SchemaUrl = Reference(datasource?.Url),
            ShadowUrl = config is { ShadowUrl.IsEmpty: false } ? config.ShadowUrl : Reference(datasource?.ShadowDatabaseUrl),
            Config = config,
        };

        var application = ApplicationFolder(project, workspace);
        return connection with
        {
            PrismaFiles = [.. PrismaPaths(project, config, workspace, folders).Distinct(StringComparer.Ordinal).Select(path => byPath.GetValueOrDefault(path)).OfType<EnvironmentFile>()],
            ApplicationFiles = application is null
                ? []
                : [.. ((string[])[".env.development.local", ".env.local", ".env.development", ".env"]).Select(name => byPath.GetValueOrDefault(RelativePath.Join(application, name))).OfType<EnvironmentFile>()],
            Framework = application is null ? null : "Next.js",
        };
    }

    // The folders in which something is looked for: those of the package and the schema, and all above; nearest first.
    private static List<string> FoldersOf(Project project)
    {
        var path = project.SchemaPath ?? project.ExpectedMigrationsPath;
        var schemaFolder = project.IsSchemaFolder ? path : RelativePath.FolderOf(path);
        var folders = new List<string>();
        if (project.Package?.File.Folder is { } package && !package.StartsWith("..", StringComparison.Ordinal))
        {
            folders.Add(package);
        }

        for (var folder = schemaFolder; ; folder = RelativePath.FolderOf(folder))
        {
            folders.Add(folder);
            if (folder.Length == 0)
            {
                break;
            }
        }

        folders.Add("..");
        folders.Add("../..");
        folders.Add("../../..");
        return [.. folders.Distinct(StringComparer.Ordinal)];
    }

    private static WorkspaceFile? ConfigOf(Repository workspace, List<string> folders)
    {
        var configs = Configs.Of(workspace);
        return folders.Select(folder => Array.Find(configs, config => IsReadIn(config, folder))).FirstOrDefault(config => config is not null);

        static bool IsReadIn(WorkspaceFile config, string folder) =>
            config.Folder == folder || (RelativePath.NameOf(config.Folder) == ".config" && RelativePath.FolderOf(config.Folder) == folder);
    }

    private static ImmutableArray<UrlReference> Reference(ConnectionUrl? url) =>
        url is null ? [] : [new UrlReference(url.EnvironmentVariable, url.Value, url.Location)];

    private static IEnumerable<string> PrismaPaths(Project project, PrismaConfigFile? config, Repository workspace, List<string> folders)
    {
        foreach (var path in ScriptPaths(project, workspace))
        {
            yield return path;
        }

        foreach (var written in config?.Literals ?? [])
        {
            // As in config({ path: '../../.env' }) and loadEnvFile(path.join(__dirname, '.env')).
            if (EnvironmentFile.IsName(RelativePath.NameOf(written)) && RelativePath.Resolve(config!.Folder, written) is { } path)
            {
                yield return path;
            }
        }

        foreach (var folder in folders)
        {
            yield return RelativePath.Join(folder, ".env");
        }
    }

    // dotenv -e FILE -- prisma …: the first file wins. What is run for tests is another matter.
    private static IEnumerable<string> ScriptPaths(Project project, Repository workspace)
    {
        var packages = PackagesOfFolder.Of(workspace);
        foreach (var package in project.Package?.File.Folder is { Length: > 0 } folder ? packages[""].Concat(packages[folder]) : packages[""])
        {
            foreach (var script in package.Scripts)
            {
                if (script.Name.Contains("test", StringComparison.OrdinalIgnoreCase) || !script.Command.Contains("dotenv", StringComparison.Ordinal) ||
                    !(script.Command.Contains("prisma", StringComparison.Ordinal) || script.Command.TrimEnd().EndsWith("--", StringComparison.Ordinal)))
                {
                    continue;
                }

                foreach (var command in CommandLine.Parse(script.Command))
                {
                    for (var i = command.Words.IndexOf("dotenv") + 1; i > 0 && i + 1 < command.Words.Length && command.Words[i] != "--"; i++)
                    {
                        if (command.Words[i] == "-e" && RelativePath.Resolve(package.File.Folder, command.Words[i + 1]) is { } path)
                        {
                            yield return path;
                        }
                    }
                }
            }
        }
    }

    // Next.js reads .env.local before .env: the folder of the package that uses both it and the project; null where there is none.
    private static string? ApplicationFolder(Project project, Repository workspace)
    {
        if (project.Package is { } own && own.Dependencies.Any(dependency => dependency.Name == Next))
        {
            return own.File.Folder;
        }

        return project.Package?.Name is { } name
            ? Applications.Of(workspace).FirstOrDefault(package => package.Dependencies.Any(dependency => dependency.Name == name))?.File.Folder
            : null;
    }
}
