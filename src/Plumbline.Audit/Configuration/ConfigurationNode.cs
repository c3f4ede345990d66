using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>A value of the configuration file, with its place.</summary>
/// <param name="Location">Its place in the text.</param>
public abstract record ConfigurationNode(SourceLocation Location)
{
    /// <summary>What kind of value it is, in the words of a message.</summary>
    internal abstract string Kind { get; }
}

/// <summary>A single value.</summary>
/// <param name="Text">As written, without quotes.</param>
/// <param name="IsQuoted">Whether it was quoted, and so is a text whatever it looks like.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ConfigurationScalar(string Text, bool IsQuoted, SourceLocation Location) : ConfigurationNode(Location)
{
    internal override string Kind => "a single value";

    /// <summary>Whether nothing was written.</summary>
    internal bool IsNull => !IsQuoted && Text is "" or "~" or "null";
}

/// <summary>A list.</summary>
/// <param name="Items">Its items, in their order.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ConfigurationList(ImmutableArray<ConfigurationNode> Items, SourceLocation Location) : ConfigurationNode(Location)
{
    internal override string Kind => "a list";
}

/// <summary>Keys and their values.</summary>
/// <param name="Entries">The entries, in their order.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ConfigurationMap(ImmutableArray<ConfigurationEntry> Entries, SourceLocation Location) : ConfigurationNode(Location)
{
    internal override string Kind => "a mapping";

    /// <summary>The value of a key; null where it is not there.</summary>
    public ConfigurationNode? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeyLocation">Where the key stands.</param>
/// <param name="Value">The value.</param>
public sealed record ConfigurationEntry(string Key, SourceLocation KeyLocation, ConfigurationNode Value);
