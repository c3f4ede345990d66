using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The package manager that a repository asks for is not installed here.</summary>
internal sealed class PackageManagerMissingRule : Rule
{
    // A lock file, and the program that writes it.
    private static readonly (string File, string Program)[] LockFiles =
    [
        ("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun"), ("bun.lockb", "bun"), ("package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm"),
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/package-manager-missing",
        Title = "The package manager that the repository asks for is not installed",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            The package manager that `packageManager` of the nearest `package.json` names, or else the lock file beside it, where no program of that name is in the folders of `PATH`. Looks at
            the machine that the audit runs on; where there is no `PATH`, nothing is said.
            """,
        Why = "`prisma generate` and the scripts call it, and end in `spawn pnpm ENOENT`. The client stays as it was, or is never made.",
        Bad = """
            ```json
            { "packageManager": "pnpm@9.12.0" }
            ```
            """,
        Good = """
            ```sh
            corepack enable
            ```
            """,
        Fix = "Install it; `corepack enable` does so for pnpm and Yarn, in the version that `packageManager` names.",
        WhenOff = "When audits run on machines on which nothing is built.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        if (context.Options.Process.ValueOf("PATH") is not { } path)
            return;

        foreach (var group in context.Projects.Select(project => Asked(project.Project, context.Repository)).OfType<Request>().DistinctBy(request => request.Program))
        {
            if (IsInstalled(group.Program, path))
                continue;

            sink.Report(new Observation
            {
                Title = $"{group.Program} is not installed, and {group.Place.Path} asks for it",
                Message = $"{group.Place.Path} {(group.Place.Path.EndsWith("package.json", StringComparison.Ordinal) ? "names" : "was written by")} {group.Program}; no folder of PATH has a program of that name.",
                Impact = "prisma generate and the scripts that call it fail; the client stays as it was, or is never made. Everything that needs no package manager was still checked.",
                Recommendation = group.Program is "pnpm" or "yarn" ? $"Run \"corepack enable\", or install {group.Program}." : $"Install {group.Program}.",
                Project = null,
                Subject = new Subject(SubjectKind.Package, group.Program),
                Locations = [new FindingLocation(LocationRole.Configuration, group.Place)],
            });
        }
    }

    private sealed record Request(string Program, SourceLocation Place);

    // From the project's package upwards: what is named there, else what wrote the lock file.
    private static Request? Asked(Project project, Repository workspace)
    {
        for (var folder = project.Package?.File.Folder ?? RelativePath.FolderOf(project.SchemaPath ?? project.ExpectedMigrationsPath); ; folder = RelativePath.FolderOf(folder))
        {
            var manifest = workspace.Packages.FirstOrDefault(package => package.File.Folder == folder);
            if (manifest?.PackageManager is { } named && named.Value.Split('@')[0] is { Length: > 0 } program && program.All(char.IsAsciiLetterLower))
                return new Request(program, named.Location);

            foreach (var (file, writer) in LockFiles)
            {
                if (workspace.Files.FirstOrDefault(candidate => candidate.Folder == folder && candidate.Name == file) is { } found)
                    return new Request(writer, new SourceLocation(found.Path, 1, 1, 1, 1));
            }

            if (folder.Length == 0 || folder.StartsWith("..", StringComparison.Ordinal))
                return null;
        }
    }

    private static bool IsInstalled(string program, string path)
    {
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (File.Exists(Path.Combine(folder, program)) ||
                (OperatingSystem.IsWindows() && (File.Exists(Path.Combine(folder, program + ".cmd")) || File.Exists(Path.Combine(folder, program + ".exe")))))
                return true;
        }

        return false;
    }
}
