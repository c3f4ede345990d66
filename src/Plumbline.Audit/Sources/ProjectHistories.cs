using System.Collections.Immutable;
using Plumbline.PostgreSql.Replay;
using WorkingOrderOfHistory = Plumbline.PostgreSql.Replay.WorkingOrder;

namespace Plumbline.Audit.Sources;

/// <summary>The three histories of a project's migrations: as it is, in the working order, as deployed. Each is replayed when it is asked for, once.</summary>
internal sealed class ProjectHistories
{
    private readonly Lazy<ReplayResult> _asItIs;
    private readonly Lazy<WorkingOrderOfHistory?> _working;
    private readonly Lazy<ReplayResult> _asDeployed;

    /// <summary>The histories of some migrations.</summary>
    /// <param name="migrations">The migrations in Prisma's order.</param>
    /// <param name="options">The server.</param>
    /// <param name="groups">Runs of migrations that are tried in the opposite order too.</param>
    /// <param name="isDeployed">Whether somebody will ask how they are deployed: where that does the same, they are not replayed once more as they are.</param>
    /// <param name="cancellation">Ends the replay between two statements.</param>
    public ProjectHistories(
        ImmutableArray<MigrationSource> migrations, ReplayOptions options, IReadOnlyList<MigrationGroup> groups, bool isDeployed, CancellationToken cancellation)
    {
        _asItIs = new Lazy<ReplayResult>(() =>
            isDeployed && AsDeployed.HoldsStatementByStatement ? AsDeployed : MigrationReplay.Run(migrations, options, cancellation, groups));
        _working = new Lazy<WorkingOrderOfHistory?>(() => WorkingOrderOfHistory.Find(AsItIs, cancellation));
        _asDeployed = new Lazy<ReplayResult>(() => MigrationReplay.Deploy(migrations, options, cancellation, groups));
    }

    /// <summary>In Prisma's order, going on after a refused statement, as psql does.</summary>
    public ReplayResult AsItIs => _asItIs.Value;

    /// <summary>The order in which all, or more, of the statements succeed; null where there is none.</summary>
    public WorkingOrderOfHistory? Order => _working.Value;

    /// <summary>In an order in which all, or more, of the statements succeed; null where there is none.</summary>
    public ReplayResult? WorkingOrder => _working.Value?.Result;

    /// <summary>As <c>prisma migrate deploy</c> runs them: each file as one string, up to the first refusal.</summary>
    public ReplayResult AsDeployed => _asDeployed.Value;

    /// <summary>The history that drift is judged by: in the working order where there is one, else as it is.</summary>
    public ReplayResult Final => WorkingOrder ?? AsItIs;
}
