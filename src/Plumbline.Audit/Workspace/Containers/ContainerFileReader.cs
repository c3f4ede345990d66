using System.Collections.Immutable;
using Plumbline.Schema.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Workspace.Containers;

/// <summary>
/// Reads the images from a composition of containers, or from a workflow of GitHub, GitLab or the like. Goes through the file once without building anything of
/// it, so that
/// neither depth nor aliases can cost; where it is no valid YAML, what stands before the error counts.
/// </summary>
internal sealed class ContainerFileReader
{
    private readonly ImmutableArray<ContainerImage>.Builder _images = ImmutableArray.CreateBuilder<ContainerImage>();
    private readonly ImmutableArray<ContainerValue>.Builder _values = ImmutableArray.CreateBuilder<ContainerValue>();

    private readonly ImmutableArray<ContainerBuild>.Builder _builds = ImmutableArray.CreateBuilder<ContainerBuild>();

    // The collections around the current place, the outermost first.
    private readonly List<Collection> _path = [];

    /// <summary>Reads a file.</summary>
    public static ContainerFile Read(SourceText text)
    {
        var reader = new ContainerFileReader();
        try
        {
            using var input = new StringReader(text.Text);
            var parser = new Parser(new Scanner(input));
            while (parser.MoveNext())
                reader.Take(parser.Current!);
        }
        catch (YamlException)
        {
            // A broken file is its own tool's matter.
        }

        return new ContainerFile(text.Path, reader._images.ToImmutable(), reader._values.ToImmutable(), reader._builds.ToImmutable());
    }

    private void Take(ParsingEvent read)
    {
        switch (read)
        {
            case MappingStart:
                BeginValue();
                _path.Add(new Collection(isMapping: true));
                break;
            case SequenceStart:
                BeginValue();
                _path.Add(new Collection(isMapping: false));
                break;
            case MappingEnd or SequenceEnd:
                _path.RemoveAt(_path.Count - 1);
                break;
            case Scalar scalar when _path is [.., { ExpectsKey: true } mapping]:
                mapping.Key = scalar.Value;
                mapping.ExpectsKey = false;
                break;
            case Scalar scalar:
                TakeValue(scalar);
                BeginValue();
                break;
            case AnchorAlias:
                BeginValue();
                break;
        }
    }

    // Behind a value the next key comes; a key that is a collection has none of its own.
    private void BeginValue()
    {
        if (_path is [.., { IsMapping: true } mapping])
        {
            if (mapping.ExpectsKey)
                mapping.Key = null;

            mapping.ExpectsKey = !mapping.ExpectsKey;
        }
    }

    private void TakeValue(Scalar value)
    {
        var key = InnermostKey();
        if (_path is [{ Key: "services" }, { Key: { } service }, { Key: "build" }, .. var inner] && (inner is [] || inner is [{ Key: "context" }]))
            _builds.Add(new ContainerBuild(service, value.Value, (int)value.Start.Line, (int)value.Start.Column, (int)value.End.Column));

        var isInService = _path is [.., { Key: "services" }, { IsMapping: false }];
        if (key == "image" || isInService)
            _images.Add(new ContainerImage(value.Value, Scope(), (int)value.Start.Line));
        else if (key is not null && Has("matrix"))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: true, Scope()));
        else if (key is not null && (Has("env") || Has("environment") || Has("variables")))
            _values.Add(new ContainerValue(key, value.Value, IsOfMatrix: false, Scope()));
    }

    private string? InnermostKey()
    {
        for (var i = _path.Count - 1; i >= 0; i--)
        {
            if (_path[i].IsMapping)
                return _path[i].Key;
        }

        return null;
    }

    private bool Has(string key) => _path.Exists(collection => collection.Key == key);

    private string Scope() => string.Join('/', _path.Take(2).Select(collection => collection.Key));

    private sealed class Collection(bool isMapping)
    {
        public bool IsMapping { get; } = isMapping;

        public bool ExpectsKey { get; set; } = isMapping;

        /// <summary>The key whose value is read; null in a sequence.</summary>
        public string? Key { get; set; }
    }
}
