using System.Collections.Immutable;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Live;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>A live database that was read, with the projects that it belongs to.</summary>
internal sealed class LiveFacts
{
    /// <summary>The name that the model has for the role that owns everything.</summary>
    public const string Creator = "postgres";

    private const int DaysThatTell = 7;
    private readonly ImmutableArray<ProjectFacts> _projects;
    private readonly HashSet<string> _schemas;

    /// <summary>What was read of a database.</summary>
    /// <param name="project">The project that findings are reported under.</param>
    /// <param name="projects">All projects whose database it is.</param>
    /// <param name="database">The database.</param>
    /// <param name="snapshot">What was read of it.</param>
    public LiveFacts(ProjectFacts project, ImmutableArray<ProjectFacts> projects, LiveDatabase database, CatalogSnapshot snapshot)
    {
        _projects = projects;
        _schemas = new HashSet<string>(StringComparer.Ordinal) { database.Url.Parameter("schema") ?? "public" };
        Project = project.Name;
        Database = database;
        Snapshot = snapshot;
        Rows = project.RowFacts ?? new RowFacts(snapshot);
        foreach (var one in projects)
        {
            _schemas.UnionWith((one.Final?.Schema.Tables ?? []).Select(t => t.Name.Schema));
            _schemas.UnionWith((one.Schema?.Tables ?? []).Select(t => t.Name.Schema));
        }
    }

    /// <summary>Name of the project that findings are reported under.</summary>
    public string Project { get; }

    /// <summary>The database.</summary>
    public LiveDatabase Database { get; }

    /// <summary>What was read of it.</summary>
    public CatalogSnapshot Snapshot { get; }

    /// <summary>The rows of its tables.</summary>
    public RowFacts Rows { get; }

    /// <summary>All projects whose database it is.</summary>
    public ImmutableArray<ProjectFacts> Projects => _projects;

    /// <summary>The tables of the projects' schemas, without the one that Prisma keeps. Other schemas are the platform's, or those of other programs.</summary>
    public IEnumerable<Table> Tables => Snapshot.Schema.Tables.Where(t => IsOurs(t.Name) && t.Name.Name != "_prisma_migrations");

    /// <summary>Since when the server counts; null where that is not known or too short ago to say what is never used.</summary>
    public DateTimeOffset? CountingSince =>
        Snapshot.Statistics is { } statistics && (statistics.CountingSince ?? statistics.ServerStartedAt) is { } since && IsLong(since) ? since : null;

    /// <summary>A sentence to append for an object that no migration creates; empty if there are no migrations.</summary>
    public string MadeByHand => _projects.Any(p => p.Final is not null) && _projects.All(p => p.UnreadMigrations.IsEmpty) ? " No migration creates it: it was created in the database by hand." : "";

    /// <summary>Whether an object lies in a schema that the migrations or the Prisma schemas put tables into.</summary>
    public bool IsOurs(ObjectName name) => _schemas.Contains(name.Schema);

    /// <summary>The table of a name as the migrations make it; null where they make none.</summary>
    public Table? InMigrations(ObjectName table)
    {
        foreach (var project in _projects)
        {
            if (project.Final?.Schema.Tables.FirstOrDefault(t => t.Name == table) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The object that the migrations make; null where they make none.</summary>
    /// <param name="pick">Takes it from the end of a history.</param>
    public T? InMigrations<T>(Func<DatabaseSchema, T?> pick)
        where T : SchemaObject
    {
        foreach (var project in _projects)
        {
            if (project.Final is { } final && pick(final.Schema) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The statement of the migrations that made an object, where there is one.</summary>
    public static ImmutableArray<FindingLocation> PlaceOf(SchemaObject? made) => made?.Location is { } place ? [new FindingLocation(LocationRole.Migration, place)] : [];

    /// <summary>Whether the migration that made an object ran too short ago for the counters to say what is never used.</summary>
    public bool IsNew(SchemaObject? made)
    {
        if (made?.Location is not { } place || Database.History?.Rows is not { } rows)
            return false;

        foreach (var row in rows)
        {
            if (place.Path.Contains($"/{row.Name}/", StringComparison.Ordinal) && row.FinishedAt is { } at && !IsLong(at))
                return true;
        }

        return false;
    }

    /// <summary>How many whole days the server has counted.</summary>
    public int DaysSince(DateTimeOffset since) => (int)(Snapshot.Statistics!.TakenAt - since).TotalDays;

    private bool IsLong(DateTimeOffset since) => Snapshot.Statistics is { } statistics && (statistics.TakenAt - since).TotalDays >= DaysThatTell;
}
