using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Packages;

/// <summary>Recognizes a <c>package.json</c> that is data: a template, a fixture, or the output of a generator. Nobody runs its scripts where it lies.</summary>
internal static class PackageTemplates
{
    private static readonly string[] Folders =
        ["template", "templates", "fixture", "fixtures", "__fixtures__", "__tests__", "generated", "__generated__", "boilerplate", "boilerplates", "scaffold", "scaffolds"];

    private static readonly RepositoryFact<HashSet<string>> PackageFolders = new(repository => repository.Packages.Select(package => package.File.Folder).ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether a package is data of another.</summary>
    /// <param name="package">The package.</param>
    /// <param name="repository">The repository.</param>
    public static bool IsTemplate(PackageManifest package, Repository repository)
    {
        var folders = package.File.Folder.Split('/');
        if (folders.Any(folder => Folders.Contains(folder, StringComparer.OrdinalIgnoreCase)) || package.Name?.Contains("{{", StringComparison.Ordinal) == true)
            return true;

        // Among the sources of another package, and more than a package of types or settings: its scripts are written for where it will be copied to.
        return IsAmongSources(package.File.Folder, PackageFolders.Of(repository)) || package.Name?.EndsWith("-template", StringComparison.OrdinalIgnoreCase) == true;
    }

    private static bool IsAmongSources(string folder, HashSet<string> packages)
    {
        for (; folder.Length > 0; folder = RelativePath.FolderOf(folder))
        {
            if (RelativePath.NameOf(folder) == "src" && RelativePath.FolderOf(folder) is { Length: > 0 } outer && packages.Contains(outer))
                return true;
        }

        return false;
    }
}
