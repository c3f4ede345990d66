using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>Plans what fixes differences, any number of them together.</summary>
internal interface IFixPlanner
{
    /// <summary>One fix for some differences; null where there is none for all of them.</summary>
    /// <param name="changes">The differences.</param>
    FindingFix? Fix(IReadOnlyCollection<SchemaChange> changes);
}

/// <summary>A difference, and who plans what fixes it.</summary>
/// <param name="Planner">Who plans it.</param>
/// <param name="Change">The difference.</param>
internal sealed record PlannedFix(IFixPlanner Planner, SchemaChange Change);
