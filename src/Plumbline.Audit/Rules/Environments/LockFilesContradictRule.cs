using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>A package has lock files of several package managers, or of a different one than <c>packageManager</c> names.</summary>
internal sealed class LockFilesContradictRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/lock-files-contradict",
        Title = "The lock files do not agree on one package manager",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Folders with a `package.json` and the lock files of several package managers (`package-lock.json` and `yarn.lock`), or with a lock file of a different package manager than
            `packageManager` names. Low where one of them does not install Prisma. Templates and fixtures are ignored.
            """,
        Why = "Each lock file pins its own versions, so the version of Prisma that a machine installs depends on the package manager that runs. Usually only one of the files is kept up to date.",
        Bad = """
            ```
            package.json        "packageManager": "pnpm@9.12.0"
            package-lock.json
            pnpm-lock.yaml
            ```
            """,
        Good = """
            ```
            package.json        "packageManager": "pnpm@9.12.0"
            pnpm-lock.yaml
            ```
            """,
        Fix = "Keep the lock file of the package manager that the team uses, delete the others, and name it in `packageManager`.",
        WhenOff = "When the package is deliberately tested with several package managers.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var package in context.Repository.Packages)
        {
            var files = LockFile.In(context.Repository, package.File.Folder);
            var named = LockFile.NamedBy(package);
            var writers = files.Select(file => file.Program).Distinct(StringComparer.Ordinal).ToList();
            var isContradiction = writers.Count > 1 || (writers.Count == 1 && named is not null && writers[0] != named);
            if (isContradiction && !PackageTemplates.IsTemplate(package, context.Repository))
                sink.Report(Draft(package, named, [.. files], writers, context));
        }
    }

    // The lock file of a package around this one that has workspaces: npm, yarn and pnpm then read that one.
    private static (string Folder, string Path)? RootOf(PackageManifest package, RepositoryFacts context)
    {
        foreach (var outer in context.Repository.Packages)
        {
            if (outer.File.Folder != package.File.Folder && RelativePath.IsWithin(package.File.Folder, outer.File.Folder) &&
                outer.File.Text?.Text.Contains("\"workspaces\"", StringComparison.Ordinal) == true && LockFile.In(context.Repository, outer.File.Folder) is [var file, ..])
            {
                return (outer.File.Folder.Length == 0 ? "the repository" : outer.File.Folder, file.File.Path);
            }
        }

        return null;
    }

    // What is binary may hold it.
    private static bool KnowsPrisma(LockFile file) => file.File.Text is not { } text || text.Text.Contains("prisma", StringComparison.Ordinal);

    private static Observation Draft(PackageManifest package, string? named, LockFile[] files, List<string> writers, RepositoryFacts context)
    {
        var paths = string.Join(" and ", files.Select(file => file.File.Path));
        var extra = files.Where(file => named is not null && file.Program != named).Select(file => file.File.Path).ToList();
        var isAboutPrisma = files.Count(KnowsPrisma) == files.Length;
        return new Observation
        {
            Severity = isAboutPrisma ? null : Severity.Low,
            Title = writers.Count > 1
                ? $"{paths} are lock files of different package managers"
                : $"{package.File.Path} names {named}, but {files[0].File.Path} is a lock file of {writers[0]}",
            Message = named is null
                ? $"{string.Join(" and ", writers)} wrote them, and {package.File.Path} does not choose one with packageManager."
                : $"packageManager in {package.File.Path} is {package.PackageManager!.Value}.",
            Impact = isAboutPrisma
                ? "Machines can install different versions of Prisma and its client, depending on which package manager runs."
                : "Machines can install different versions of the packages, depending on which package manager runs.",
            Recommendation = RootOf(package, context) is { } root
                ? $"If {package.File.Folder} is a workspace of {root.Folder}, delete {(files.Length == 1 ? "the file" : "these files")}: {root.Path} is what counts. Otherwise keep one lock file, and name the package manager in packageManager."
                : named is null
                ? "Keep one lock file, delete the other, and name the package manager in packageManager."
                : writers.Contains(named)
                    ? $"Delete {string.Join(" and ", extra)}."
                    : $"Install with {named} and commit its lock file instead of {string.Join(" and ", extra)}, or correct packageManager.",
            Project = context.ProjectOf(package)?.Name,
            Subject = new Subject(SubjectKind.Package, package.Name ?? package.File.Path),
            Locations =
            [
                .. named is null ? [] : new[] { new FindingLocation(LocationRole.Configuration, package.PackageManager!.Location) },
                .. files.Select(file => new FindingLocation(LocationRole.Configuration, SourceLocation.StartOf(file.File.Path))),
            ],
        };
    }
}
