using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Packages;

/// <summary>What a <c>package.json</c> says.</summary>
public sealed record PackageManifest
{
    /// <summary>The file.</summary>
    public required WorkspaceFile File { get; init; }

    /// <summary>The package's name; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>Its scripts, in their order.</summary>
    public ImmutableArray<PackageScript> Scripts { get; init; } = [];

    /// <summary>Its dependencies of all kinds, in their order.</summary>
    public ImmutableArray<PackageDependency> Dependencies { get; init; } = [];

    /// <summary><c>prisma.schema</c>: the schema that Prisma is told to read; null where it names none.</summary>
    public PackageSetting? PrismaSchema { get; init; }

    /// <summary><c>prisma.seed</c>; null where it names none.</summary>
    public PackageSetting? PrismaSeed { get; init; }

    /// <summary><c>packageManager</c>; null where it names none.</summary>
    public PackageSetting? PackageManager { get; init; }

    /// <summary>What is wrong with the file; null where nothing is.</summary>
    public Diagnostic? Problem { get; init; }
}

/// <summary>A script of a package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Command">The command line.</param>
/// <param name="Location">Where the command stands.</param>
public sealed record PackageScript(string Name, string Command, SourceLocation Location);

/// <summary>A dependency of a package.</summary>
/// <param name="Name">Name of the package that it depends on.</param>
/// <param name="Range">The versions that it accepts, as written.</param>
/// <param name="Location">Where the range stands.</param>
public sealed record PackageDependency(string Name, string Range, SourceLocation Location);

/// <summary>One text value of a <c>package.json</c>.</summary>
/// <param name="Value">The value.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record PackageSetting(string Value, SourceLocation Location);
