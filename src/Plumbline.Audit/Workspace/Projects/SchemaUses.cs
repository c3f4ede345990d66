using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Decides whether a schema that nothing names is one that a project works with, or a file that merely looks like one.</summary>
internal sealed class SchemaUses(FileTree tree)
{
    private const string UsualName = "schema.prisma";

    // Folders of what is shown, tried or copied, not run.
    private static readonly ImmutableArray<string> ShownFolders =
    [
        "test", "tests", "__tests__", "e2e", "fixture", "fixtures", "__fixtures__", "testdata", "mocks", "__mocks__", "template", "templates", "doc", "docs", "documentation",
        "example", "examples", "sample", "samples", "demo", "demos", "recordings", "snippets", "blog",
    ];

    private static readonly ImmutableArray<string> PrismaPackages = ["prisma", "@prisma/client"];

    private readonly KindTexts _texts = new("scripts");
    private List<SourceText>? _scripts;

    /// <summary>The budget that the scripts exceed; null where all were read, or none.</summary>
    public Diagnostic? Exceeded => _texts.Exceeded;

    /// <summary>Why nothing uses a schema; null where something does, or may.</summary>
    /// <param name="schema">The schema, which neither a configuration nor a package names, and which no history belongs to.</param>
    /// <param name="package">The nearest package; null where there is none.</param>
    public string? WhyUnused(SchemaCandidate schema, PackageManifest? package)
    {
        var folders = schema.Path.Split('/')[..^1];
        var shown = folders.FirstOrDefault(folder => ShownFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));
        var isUsual = schema.IsFolder || RelativePath.NameOf(schema.Path) == UsualName;
        var usesPrisma = package is null || UsesPrisma(package) || tree.FindUpward("package.json", package.File.Folder).Any(file => UsesPrisma(PackageManifestReader.Read(file)));
        if ((shown is null && isUsual && usesPrisma) || IsNamedByScript(schema, package))
        {
            return null;
        }

        const string nothing = "no script, configuration or migration refers to it";
        return shown is not null
            ? $"It is in a folder called {shown}, and {nothing}."
            : usesPrisma ? $"It is not called {UsualName}, and {nothing}." : $"{package!.File.Path} depends on neither prisma nor @prisma/client, and {nothing}.";
    }

    private static bool UsesPrisma(PackageManifest package) => package.Dependencies.Any(dependency => PrismaPackages.Contains(dependency.Name));

    private bool IsNamedByScript(SchemaCandidate schema, PackageManifest? package)
    {
        var folder = package?.File.Folder is { Length: > 0 } own && RelativePath.IsWithin(schema.Path, own) ? own : "";
        var inPackage = folder.Length == 0 ? schema.Path : schema.Path[(folder.Length + 1)..];
        _scripts ??= [.. tree.Files.Where(SchemaScripts.IsScript).Select(_texts.TextOf).OfType<SourceText>()];

        // A script that was left out may name it.
        return _texts.Exceeded is not null || (inPackage.Contains('/') && _scripts.Exists(text => text.Text.Contains(inPackage, StringComparison.Ordinal)));
    }
}
