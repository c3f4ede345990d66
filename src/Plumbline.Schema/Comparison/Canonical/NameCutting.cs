using System.Text;
using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Canonical;

/// <summary>PostgreSQL documentation, "Identifiers and Key Words": names are cut at 63 bytes, never inside a character.</summary>
internal static class NameCutting
{
    private const int MaximumBytes = 63;

    /// <summary>A name as the catalog holds it.</summary>
    internal static string Cut(string name)
    {
        // No UTF-16 code unit takes more than three bytes.
        if (name.Length <= MaximumBytes / 3 || Encoding.UTF8.GetByteCount(name) <= MaximumBytes)
        {
            return name;
        }

        var bytes = 0;
        var length = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaximumBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return name[..length];
    }

    internal static ObjectName Cut(ObjectName name) => new(Cut(name.Schema), Cut(name.Name));
}
