using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Yaml;
using Plumbline.Schema.Text;
using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Workspace.Containers;

/// <summary>
/// Reads the images from a composition of containers, or from a workflow of GitHub, GitLab or the like. Where the file is not valid YAML, what precedes the error
/// counts.
/// </summary>
internal sealed class ContainerFileReader : YamlVisitor
{
    private readonly ImmutableArray<ContainerImage>.Builder _images = ImmutableArray.CreateBuilder<ContainerImage>();
    private readonly ImmutableArray<ContainerValue>.Builder _values = ImmutableArray.CreateBuilder<ContainerValue>();
    private readonly ImmutableArray<ContainerBuild>.Builder _builds = ImmutableArray.CreateBuilder<ContainerBuild>();

    /// <summary>Reads a file.</summary>
    public static ContainerFile Read(SourceText text)
    {
        var reader = new ContainerFileReader();
        // A broken file is its own tool's matter.
        _ = reader.Visit(text);
        return new ContainerFile(text.Path, reader._images.ToImmutable(), reader._values.ToImmutable(), reader._builds.ToImmutable(), reader.Exceeded);
    }

    /// <inheritdoc/>
    protected override void TakeValue(Scalar value)
    {
        var key = InnermostKey();
        if (Path is [{ Key: "services" }, { Key: { } service }, { Key: "build" }, .. var inner] && (inner is [] || inner is [{ Key: "context" }]))
            _builds.Add(new ContainerBuild(service, value.Value, (int)value.Start.Line, (int)value.Start.Column, (int)value.End.Column));

        var isInService = Path is [.., { Key: "services" }, { IsMapping: false }];
        if (key == "image" || isInService)
            _images.Add(new ContainerImage(value.Value, Scope(), (int)value.Start.Line));
        else if (key is not null && IsBelow("matrix"))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: true, Scope()));
        else if (key is not null && (IsBelow("env") || IsBelow("environment") || IsBelow("variables")))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: false, Scope()));
    }

    private string Scope() => string.Join('/', Path.Take(2).Select(collection => collection.Key));
}
