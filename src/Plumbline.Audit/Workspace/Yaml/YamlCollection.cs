using YamlDotNet.Core.Events;

namespace Plumbline.Audit.Workspace.Yaml;

/// <summary>A mapping or list of a YAML file while it is visited.</summary>
/// <param name="isMapping">Whether it is a mapping.</param>
internal sealed class YamlCollection(bool isMapping)
{
    /// <summary>Whether it is a mapping; else a list.</summary>
    public bool IsMapping { get; } = isMapping;

    /// <summary>Whether its next scalar is a key.</summary>
    public bool ExpectsKey { get; set; } = isMapping;

    /// <summary>The key whose value is visited; null in a list.</summary>
    public string? Key => KeyNode?.Value;

    /// <summary>That key with its place.</summary>
    public Scalar? KeyNode { get; set; }
}
