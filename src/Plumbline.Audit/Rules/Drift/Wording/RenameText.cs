using System.Globalization;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift.Wording;

/// <summary>How a probable rename is spoken of.</summary>
internal static class RenameText
{
    /// <summary>How sure the rename is, as a sentence; empty for one that is known.</summary>
    public static string Confidence(SchemaChange change) => change.Confidence is { } confidence and < 1
        ? string.Create(CultureInfo.InvariantCulture, $"That it is a rename is a guess from names and types, {Math.Round(confidence * 100)}% sure.")
        : "";
}
