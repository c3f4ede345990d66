using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Recognizes the contracts of Prisma 8, which are <c>.prisma</c> files in another language.</summary>
internal static class Prisma8Marks
{
    private const string ContractName = "contract.prisma";
    private const string PackagePrefix = "@prisma/orm-";

    private static readonly ImmutableArray<string> FirstLines = ["// use prisma-8", "// use prisma-next"];

    /// <summary>What shows that a file is a contract of Prisma 8; null where nothing does.</summary>
    /// <param name="file">The file.</param>
    /// <param name="hasDatasource">Whether it has a datasource, which such a contract never has.</param>
    /// <param name="package">The nearest package; null where there is none.</param>
    /// <param name="config">A configuration of Prisma 8 in the file's folder or above; null where there is none.</param>
    public static (string Why, SourceLocation Location)? Find(WorkspaceFile file, bool hasDatasource, PackageManifest? package, PrismaConfigFile? config)
    {
        if (hasDatasource || file.Text is not { } text)
        {
            return null;
        }

        var first = text.Line(1).Trim();
        foreach (var mark in FirstLines)
        {
            if (first.StartsWith(mark, StringComparison.Ordinal))
            {
                return ($"Its first line is \"{mark}\".", new SourceLocation(file.Path, 1, 1, 1, first.Length + 1));
            }
        }

        if (config?.Prisma8 is { } shown)
        {
            return ($"{config.Path}:{shown.Location.Line} configures Prisma 8 ({shown.Text}).", shown.Location);
        }

        if (package?.Dependencies.FirstOrDefault(dependency => dependency.Name.StartsWith(PackagePrefix, StringComparison.Ordinal)) is { } dependency)
        {
            return ($"{dependency.Location.Path}:{dependency.Location.Line} depends on {dependency.Name}.", dependency.Location);
        }

        return file.Name == ContractName ? ("A schema called contract.prisma without a datasource is a contract of Prisma 8.", SourceLocation.StartOf(file.Path)) : null;
    }
}
