using System.Collections.Immutable;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Schema.Snapshots;

/// <summary>A schema as <c>plumb inspect --format json</c> prints it: what was read, and what was wrong with it.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Errors">What the reader of its source had to say.</param>
public sealed record Snapshot(DatabaseSchema Schema, ImmutableArray<Diagnostic> Errors)
{
    /// <summary>The version of the format.</summary>
    public const int Version = 1;
}
