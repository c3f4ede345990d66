using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>An SQL file outside the migrations, replayed by itself on the database that the migrations make.</summary>
/// <param name="File">The file.</param>
/// <param name="Outcomes">What became of its statements.</param>
/// <param name="NamedTables">The tables that its CREATE TABLE statements name, whether they succeed or not.</param>
internal sealed record StrayReplay(WorkspaceFile File, ImmutableArray<StatementOutcome> Outcomes, ImmutableArray<ObjectName> NamedTables)
{
    /// <summary>The file's name without its folder.</summary>
    public string Name => File.Name;
}
