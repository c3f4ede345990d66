using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql.Ast.Tables;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>An SQL file outside the migrations, replayed by itself on the database that the migrations make.</summary>
/// <param name="File">The file.</param>
/// <param name="IsInHistory">Whether it lies in the migrations folder.</param>
/// <param name="Outcomes">What became of its statements.</param>
/// <param name="NamedTables">The tables that its CREATE TABLE statements name, whether they succeed or not.</param>
internal sealed record StrayReplay(WorkspaceFile File, bool IsInHistory, ImmutableArray<StatementOutcome> Outcomes, ImmutableArray<ObjectName> NamedTables)
{
    // In tables of a database: to begin and to end a replay.
    private const int CostOfReplay = 100;

    private static readonly string[] WaysBack = ["down", "rollback", "revert", "undo"];

    /// <summary>The file's name without its folder.</summary>
    public string Name => File.Name;

    /// <summary>
    /// Replays the files that lie in the migrations folder of a project, and those elsewhere that create tables. Scripts that take a migration back are left
    /// out:
    /// they are written for a database that is about to lose something.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="end">The end of its history; null where it has none.</param>
    /// <param name="files">The SQL files of the workspace that are no migrations.</param>
    /// <param name="projects">How many projects the workspace has; each has the same share of <see cref="ReadingBudget.StrayReplays"/>.</param>
    /// <param name="left">The first file that is left out, and those after it; null where none is.</param>
    public static ImmutableArray<StrayReplay> Run(Project project, ReplayResult? end, IEnumerable<SqlFile> files, int projects, out Diagnostic? left)
    {
        left = null;
        if (end is null)
            return [];

        // The database that the migrations make is built anew for each file.
        var units = ReadingBudget.StrayReplays / Math.Max(projects, 1);
        var own = CostOfReplay + end.Schema.Tables.Length;
        var replays = ImmutableArray.CreateBuilder<StrayReplay>();
        var inHistory = (project.History?.StrayFiles ?? []).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (!file.IsPostgreSql || WaysBack.Any(w => file.File.Name.Contains(w, StringComparison.OrdinalIgnoreCase)))
                continue;

            ImmutableArray<ObjectName> tables =
                [.. file.Statements.OfType<CreateTableStatement>().Select(c => new ObjectName(c.Name.Schema ?? project.DefaultSchema.Name, c.Name.Name))];
            var isInHistory = inHistory.Contains(file.File.Path);
            if (!isInHistory && tables.IsEmpty)
                continue;

            units -= own + file.Statements.Length;
            if (units < 0)
            {
                left = ReadingBudget.Exceeded(
                    $"The SQL files outside the migrations of {project.Name} are too many to be replayed",
                    $"{file.File.Path} and those after it are not replayed on the database that the migrations make.",
                    SourceLocation.StartOf(file.File.Path));
                break;
            }

            var replay = MigrationReplay.Continue(end, new MigrationSource(file.File.Name, file.Text));
            replays.Add(new StrayReplay(file.File, isInHistory, [.. replay.Outcomes.Where(o => o.Migration == end.Migrations.Length)], tables));
        }

        return replays.ToImmutable();
    }
}
