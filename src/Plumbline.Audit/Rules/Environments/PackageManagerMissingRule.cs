using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The package manager of the repository is not installed on this machine.</summary>
internal sealed class PackageManagerMissingRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/package-manager-missing",
        Title = "The package manager of the repository is not installed",
        Severity = Severity.Info,
        Needs = [RuleNeed.Repository],
        What = """
            The package manager that `packageManager` in the nearest `package.json` names, or else the one that wrote the lock file next to it, if no folder in `PATH` contains a program with
            that name. This is a fact about the machine that runs the audit, so it never affects the verdict.
            """,
        Why = "`prisma generate` and the scripts call the package manager. Without it they fail with `spawn pnpm ENOENT`, and the Prisma Client is not generated.",
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
        Fix = "Install the package manager. For pnpm and Yarn, `corepack enable` installs the version that `packageManager` names.",
        WhenOff = "When audits run on machines that do not build the project.",
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
                Title = $"{group.Program} is not installed on this machine; {group.Place.Path} requires it",
                Message = $"{group.Place.Path} {(group.Place.Path.EndsWith("package.json", StringComparison.Ordinal) ? "names" : "was written by")} {group.Program}; no folder in PATH contains a program with that name.",
                Impact = "prisma generate and the scripts that call it fail on this machine. The audit itself does not need it.",
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
            if (LockFile.NamedBy(manifest) is { } program)
                return new Request(program, manifest!.PackageManager!.Location);

            if (LockFile.In(workspace, folder) is [var written, ..])
                return new Request(written.Program, SourceLocation.StartOf(written.File.Path));

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
