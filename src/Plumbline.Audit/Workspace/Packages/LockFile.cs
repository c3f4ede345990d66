using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Packages;

/// <summary>A lock file of a package manager.</summary>
/// <param name="File">The file.</param>
/// <param name="Program">The package manager that writes it.</param>
internal sealed record LockFile(WorkspaceFile File, string Program)
{
    private static readonly (string File, string Program)[] Known =
    [
        ("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("bun.lock", "bun"), ("bun.lockb", "bun"), ("package-lock.json", "npm"), ("npm-shrinkwrap.json", "npm"),
    ];

    /// <summary>The lock files of a folder.</summary>
    public static ImmutableArray<LockFile> In(Repository repository, string folder)
    {
        var found = ImmutableArray.CreateBuilder<LockFile>();
        foreach (var (name, program) in Known)
        {
            if (repository.Find(RelativePath.Join(folder, name)) is { } file)
                found.Add(new LockFile(file, program));
        }

        return found.ToImmutable();
    }

    /// <summary>The package manager that <c>packageManager</c> of a package names, without its version; null where it names none.</summary>
    public static string? NamedBy(PackageManifest? package) =>
        package?.PackageManager is { } named && named.Value.Split('@')[0] is { Length: > 0 } program && program.All(char.IsAsciiLetterLower) ? program : null;
}
