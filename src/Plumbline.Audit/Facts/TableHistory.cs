using System.Collections.Immutable;

namespace Plumbline.Audit.Facts;

/// <summary>What the migrations did to one table.</summary>
/// <param name="Table">The table's name at the end.</param>
/// <param name="Steps">The steps, in the order of the history.</param>
public sealed record TableHistory(string Table, ImmutableArray<TableStep> Steps);

/// <summary>One step in a table's history.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Line">The line of the statement.</param>
/// <param name="Change">What it did, such as <c>rename-table</c>.</param>
/// <param name="Detail">To what.</param>
public sealed record TableStep(string Migration, int Line, string Change, string Detail);
