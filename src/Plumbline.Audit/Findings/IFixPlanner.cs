using System.Collections.Immutable;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>Plans what fixes differences, any number of them together.</summary>
internal interface IFixPlanner
{
    /// <summary>One fix for some differences; null where there is none for all of them.</summary>
    /// <param name="changes">The differences.</param>
    /// <param name="ways">The ways in which they may be fixed.</param>
    FindingFix? Fix(IReadOnlyCollection<SchemaChange> changes, FixWays ways = FixWays.Either);
}

/// <summary>The ways in which a difference may be fixed. What is offered must be what the recommendation says.</summary>
[Flags]
internal enum FixWays
{
    /// <summary>By neither.</summary>
    None = 0,

    /// <summary>By statements.</summary>
    Sql = 1,

    /// <summary>By an edit of the schema.</summary>
    Patch = 2,

    /// <summary>By the one or the other.</summary>
    Either = Sql | Patch,
}

/// <summary>A difference, and who plans what fixes it.</summary>
/// <param name="Planner">Who plans it.</param>
/// <param name="Change">The difference.</param>
/// <param name="Ways">The ways in which it may be fixed.</param>
internal sealed record PlannedFix(IFixPlanner Planner, SchemaChange Change, FixWays Ways = FixWays.Either)
{
    /// <summary>Other changes that are part of the same difference.</summary>
    public ImmutableArray<SchemaChange> With { get; init; } = [];
}
