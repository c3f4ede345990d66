using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;

namespace Plumbline.Audit.Workspace.Packages;

/// <summary>Recognizes a <c>package.json</c> that is data: a template, a fixture, or the output of a generator. Nobody runs its scripts where it lies.</summary>
internal static class PackageTemplates
{
    private static readonly string[] Folders =
        ["template", "templates", "fixture", "fixtures", "__fixtures__", "__tests__", "generated", "__generated__", "boilerplate", "boilerplates", "scaffold", "scaffolds"];

    /// <summary>Whether a package is data of another.</summary>
    /// <param name="package">The package.</param>
    /// <param name="all">All packages of the repository.</param>
    public static bool IsTemplate(PackageManifest package, ImmutableArray<PackageManifest> all)
    {
        var folders = package.File.Folder.Split('/');
        if (folders.Any(folder => Folders.Contains(folder, StringComparer.OrdinalIgnoreCase)) || package.Name?.Contains("{{", StringComparison.Ordinal) == true)
            return true;

        // Among the sources of another package, and more than a package of types or settings: its scripts are written for where it will be copied to.
        return all.Any(other => other.File.Folder.Length > 0 && RelativePath.IsWithin(package.File.Folder, other.File.Folder + "/src")) ||
            package.Name?.EndsWith("-template", StringComparison.OrdinalIgnoreCase) == true;
    }
}
