using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Architecture;

/// <summary>References go one way, and namespaces are folders: ARCHITECTURE.md states the order.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>The layers of Plumbline.Audit. Each may refer to those before it.</summary>
    private static readonly string[] Layers =
    [
        "Workspace.Files", "Configuration", "Workspace", "Sources", "Connections", "Status", "History", "Live", "Findings", "Facts", "Views", "Rules", "Engine", "Reports",
    ];

    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Plumbline.Schema"] = [],
        ["Plumbline.Prisma"] = ["Plumbline.Schema"],
        ["Plumbline.PostgreSql"] = ["Plumbline.Schema"],
        ["Plumbline.TypeScript"] = ["Plumbline.Schema"],
        ["Plumbline.Audit"] = ["Plumbline.Schema", "Plumbline.Prisma", "Plumbline.PostgreSql", "Plumbline.TypeScript"],
        ["Plumbline.Cli"] = ["Plumbline.Audit"],
    };

    [Fact]
    public void A_project_refers_only_to_those_before_it()
    {
        foreach (var project in Directory.GetFiles(ProjectRoot.Combine("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var referenced = XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.Empty(referenced.Except(References[Path.GetFileNameWithoutExtension(project)]));
        }
    }

    [Fact]
    public void A_namespace_is_the_folder_of_its_file() =>
        Assert.Equal([], Sources().Where(s => NamespaceOf(s.Text) is { } name && name != s.Folder).Select(s => $"{s.Path}: {NamespaceOf(s.Text)}"));

    [Fact]
    public void A_layer_of_Audit_refers_only_to_those_before_it()
    {
        var wrong =
            from source in Sources()
            let layer = LayerOf(source.Folder)
            where layer >= 0
            from Match reference in AuditReference().Matches(source.Text)
            let target = LayerOf(reference.Value)
            where target > layer
            select $"{source.Path} ({Layers[layer]}) refers to {reference.Value}";

        Assert.Equal([], wrong.Distinct());
    }

    [Fact]
    public void Every_folder_of_Audit_is_a_layer()
    {
        var folders = Directory.GetDirectories(ProjectRoot.Combine("src", "Plumbline.Audit")).Select(Path.GetFileName).Except(["bin", "obj"]);

        Assert.Equal(Layers.Where(l => !l.Contains('.', StringComparison.Ordinal)).Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    // The layer with the longest name that a namespace lies in.
    private static int LayerOf(string name) =>
        Array.FindIndex(Layers, layer => name == $"Plumbline.Audit.{layer}" || name.StartsWith($"Plumbline.Audit.{layer}.", StringComparison.Ordinal));

    private static string? NamespaceOf(string text) => NamespaceLine().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<(string Path, string Folder, string Text)> Sources()
    {
        var root = ProjectRoot.Combine("src");
        foreach (var file in Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
                yield return (path, Path.GetDirectoryName(path)!.Replace('/', '.').Replace('\\', '.'), File.ReadAllText(file));
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bPlumbline\.Audit(\.\w+)+")]
    private static partial Regex AuditReference();
}
