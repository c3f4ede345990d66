using System.Collections.Immutable;
using System.Globalization;
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

    private readonly ImmutableArray<ContainerPort>.Builder _ports = ImmutableArray.CreateBuilder<ContainerPort>();
    private (YamlCollection? Mapping, int? Published, int? Target) _port;

    /// <summary>Reads a file.</summary>
    public static ContainerFile Read(SourceText text)
    {
        var reader = new ContainerFileReader();
        // A broken file is its own tool's matter.
        _ = reader.Visit(text);
        return new ContainerFile(text.Path, reader._images.ToImmutable(), reader._values.ToImmutable(), reader._builds.ToImmutable(), reader._ports.ToImmutable(), reader.Exceeded);
    }

    /// <inheritdoc/>
    protected override void TakeValue(Scalar value)
    {
        var key = InnermostKey();
        if (Path is [{ Key: "services" }, { Key: { } service }, { Key: "build" }, .. var inner] && (inner is [] || inner is [{ Key: "context" }]))
            _builds.Add(new ContainerBuild(service, value.Value, (int)value.Start.Line, (int)value.Start.Column, (int)value.End.Column));

        if (Path is [{ Key: "services" }, { Key: { } owner }, { Key: "ports" }, { IsMapping: false }, .. var port])
            TakePort(owner, port, value.Value);

        var isInService = Path is [.., { Key: "services" }, { IsMapping: false }];
        if (key == "image" || isInService)
            _images.Add(new ContainerImage(value.Value, Scope(), (int)value.Start.Line));
        else if (key is not null && IsBelow("matrix"))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: true, Scope()));
        else if (key is not null && (IsBelow("env") || IsBelow("environment") || IsBelow("variables")))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: false, Scope()));
    }

    // Docker documentation, "Services top-level elements": [IP:]PUBLISHED:TARGET[/PROTOCOL], or a mapping with published and target. One that holds variables is not known.
    private void TakePort(string service, List<YamlCollection> mapping, string value)
    {
        if (mapping is [])
        {
            if (value.Split('/')[0].Split(':') is [.., var from, var to] && Number(from) is { } written && Number(to) is { } inside)
                _ports.Add(new ContainerPort(service, written, inside));
        }
        else if (mapping is [{ Key: "published" or "target" } own])
        {
            var known = ReferenceEquals(_port.Mapping, own) ? _port : (own, null, null);
            _port = own.Key == "published" ? known with { Published = Number(value) } : known with { Target = Number(value) };
            if (_port is (_, { } published, { } target))
                _ports.Add(new ContainerPort(service, published, target));
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private string Scope() => string.Join('/', Path.Take(2).Select(collection => collection.Key));
}
