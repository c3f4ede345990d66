using System.Collections.Immutable;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;
using WorkingOrderOfHistory = Plumbline.PostgreSql.Replay.WorkingOrder;

namespace Plumbline.Audit.Facts;

/// <summary>The three histories of a project's migrations: as it is, in the working order, as deployed. Each is replayed when it is asked for, once.</summary>
internal sealed class ProjectHistories
{
    private readonly Lazy<ReplayResult> _asItIs;
    private readonly Lazy<WorkingOrderOfHistory?> _working;
    private readonly Lazy<ReplayResult> _asDeployed;

    /// <summary>The histories of some migrations.</summary>
    /// <param name="migrations">The migrations in Prisma's order.</param>
    /// <param name="options">The server.</param>
    public ProjectHistories(ImmutableArray<MigrationSource> migrations, ReplayOptions options)
    {
        var groups = SharedTimestamps.Find([.. migrations.Select(m => m.Name)]);
        _asItIs = new Lazy<ReplayResult>(() => AsDeployed.HoldsStatementByStatement ? AsDeployed : MigrationReplay.Run(migrations, options, groups: groups));
        _working = new Lazy<WorkingOrderOfHistory?>(() => WorkingOrderOfHistory.Find(AsItIs));
        _asDeployed = new Lazy<ReplayResult>(() => MigrationReplay.Deploy(migrations, options, groups: groups));
    }

    /// <summary>In Prisma's order, going on after a refused statement, as psql does.</summary>
    public ReplayResult AsItIs => _asItIs.Value;

    /// <summary>In an order in which all, or more, of the statements succeed; null where there is none.</summary>
    public ReplayResult? WorkingOrder => _working.Value?.Result;

    /// <summary>As <c>prisma migrate deploy</c> runs them: each file as one string, up to the first refusal.</summary>
    public ReplayResult AsDeployed => _asDeployed.Value;

    /// <summary>The history that drift is judged by: in the working order where there is one, else as it is.</summary>
    public ReplayResult Final => WorkingOrder ?? AsItIs;
}
