using System.Collections.Immutable;
using Plumbline.Audit.Status;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Facts;

/// <summary>
/// Where a live database parts from what was applied to it, each difference with what explains it. What migrations that are still pending will do is no
/// difference: the database is compared with those that it says were applied.
/// </summary>
internal sealed class LiveDrift
{
    private readonly Dictionary<string, string?> _inSchema;
    private readonly Lazy<Dictionary<(ObjectName Table, string? Column), SchemaChange>> _lost;

    private LiveDrift(SchemaComparison comparison, ImmutableArray<SchemaChange> handMade, ILookup<string, SchemaChange> byEditedMigration, Dictionary<string, string?> inSchema, bool isAgainstSchema)
    {
        Fixes = new LiveFixes(comparison, isAgainstSchema);
        HandMade = handMade;
        ByEditedMigration = byEditedMigration;
        IsAgainstSchema = isAgainstSchema;
        _inSchema = inSchema;
        _lost = new Lazy<Dictionary<(ObjectName Table, string? Column), SchemaChange>>(FindLost);
    }

    /// <summary>What somebody changed in the database past the migrations: from them to the database.</summary>
    public ImmutableArray<SchemaChange> HandMade { get; }

    /// <summary>How many differences are not among them, because a migration that was applied, or a part of the schema, could not be read and may explain them.</summary>
    public int Unjudged { get; private init; }

    /// <summary>What is explained by a migration that was edited after it was applied: under its name.</summary>
    public ILookup<string, SchemaChange> ByEditedMigration { get; }

    /// <summary>The SQL that settles each change.</summary>
    public LiveFixes Fixes { get; }

    /// <summary>Whether there are no migrations, and the database was compared with the schema.</summary>
    public bool IsAgainstSchema { get; }

    /// <summary>What shows that the database may be another project's: of its own tables it has none, or nearly none, and others instead. Null where nothing does.</summary>
    public OtherDatabase? OtherDatabase { get; private init; }

    /// <summary>Whether the database already has what the schema has and the migrations lack.</summary>
    /// <param name="drift">A difference from the migrations to the schema.</param>
    public bool Has(SchemaChange drift) => _inSchema.ContainsKey(Key(drift));

    /// <summary>The migration that was edited after it was applied, and that explains why schema and database differ from the migrations in the same way; else null.</summary>
    /// <param name="drift">A difference from the migrations to the schema.</param>
    public string? EditedMigrationOf(SchemaChange drift) => _inSchema.GetValueOrDefault(Key(drift));

    /// <summary>The change of <see cref="HandMade"/> that brings another one with it: what stands on a column, or references a table, goes with that.</summary>
    public SchemaChange RootOf(SchemaChange change)
    {
        if (change is not { ToObject: null, FromObject: Index or Constraint, FromParent: Table table })
            return change;

        if (change.FromObject is ForeignKey key && _lost.Value.TryGetValue((key.ReferencedTable, null), out var lostTable))
            return lostTable;

        foreach (var column in DriftCauses.ColumnsOf(change.FromObject))
        {
            if (_lost.Value.TryGetValue((table.Name, column), out var lostColumn))
                return lostColumn;
        }

        return change;
    }

    /// <summary>Finds them; null where there is no database, or nothing to hold it against.</summary>
    public static LiveDrift? Find(ProjectFacts project)
    {
        if (project.Database is not { Snapshot: { } snapshot } || Applied(project) is not { } applied)
            return null;

        var schemas = Managed(project, applied);
        var isKnown = IsKnown(project);
        var drift = (project.Drift?.Changes ?? []).Select(Key).ToHashSet(StringComparer.Ordinal);
        var edited = (project.Status?.Migrations ?? []).Where(m => m.State == MigrationState.Edited && m.Location is not null).ToDictionary(m => m.Location!.Path, m => m.Name, StringComparer.Ordinal);
        var handMade = ImmutableArray.CreateBuilder<SchemaChange>();
        var explained = new List<KeyValuePair<string, SchemaChange>>();
        var inSchema = new Dictionary<string, string?>(StringComparer.Ordinal);
        var comparison = SchemaComparer.Compare(project.External.Without(applied), project.External.Without(WithoutPrismasOwn(snapshot.Schema)));
        foreach (var change in comparison.Changes)
        {
            if (change.Subject.Schema is { } schema && !schemas.Contains(schema) || IsInvalidIndex(change))
                continue;

            var migration = EditedMigrationOf(change, edited);
            if (migration is not null)
                explained.Add(KeyValuePair.Create(migration, change));

            if (drift.Contains(Key(change)))
                inSchema[Key(change)] = migration;
            else if (migration is null)
                handMade.Add(change);
        }

        if (!isKnown)
        {
            var unjudged = handMade.Count + explained.Count + inSchema.Count;
            return new LiveDrift(comparison, [], Enumerable.Empty<KeyValuePair<string, SchemaChange>>().ToLookup(e => e.Key, e => e.Value, StringComparer.Ordinal), [], project.Final is null) { Unjudged = unjudged };
        }

        return new LiveDrift(comparison, handMade.ToImmutable(), explained.ToLookup(e => e.Key, e => e.Value, StringComparer.Ordinal), inSchema, project.Final is null) { OtherDatabase = OtherDatabaseOf(project, snapshot.Schema, handMade) };
    }

    private static OtherDatabase? OtherDatabaseOf(ProjectFacts project, DatabaseSchema database, IEnumerable<SchemaChange> handMade)
    {
        // A database that has applied one of the migrations is the project's.
        if (project.Status?.Migrations.Any(m => m.State is not (MigrationState.Pending or MigrationState.Unknown)) == true)
            return null;

        const int nearlyNone = 10;
        const int several = 2;
        var others = handMade.Count(c => c.Kind == ChangeKind.AddTable);
        var live = database.Tables.Select(t => t.Name).ToHashSet();
        ObjectName[] own = project.Final is null ? [.. project.External.Without(project.Schema!).Tables.Select(t => t.Name)] : [.. project.TablesOfMigrations.Select(t => t.Name)];
        var present = own.Count(live.Contains);
        return own.Length > 0 && present * nearlyNone <= own.Length && others >= several && others > present ? new OtherDatabase(own.Length, present, others) : null;
    }

    /// <summary>What two changes have alike that begin at the migrations and arrive at the same.</summary>
    public static string Key(SchemaChange change) => $"{change.Kind}\u001e{change.Subject.Schema}\u001e{change.Subject}\u001e{change.To}";

    // What a migration did that could not be read is unknown, unless the database says that it was not applied.
    private static bool IsKnown(ProjectFacts project)
    {
        if (project.Final is null)
            return !project.HasUnreadSchema;

        var unread = project.UnreadMigrations;
        return unread.IsEmpty || (project.Status is { HasHistory: true } status &&
            status.Migrations.All(m => m.State is MigrationState.Pending or MigrationState.RolledBack || !unread.Contains(m.Name)));
    }

    private static DatabaseSchema? Applied(ProjectFacts project)
    {
        if (project.Final is not { } final || project.Status is not { } status)
            return project.Final is null ? project.Schema : project.Final.Schema;

        // Nothing says what was applied: all of it, unless not one of the tables is there.
        if (!status.HasHistory && project.TablesOfMigrations.Any(t => t.IsInDatabase))
            return final.Schema;

        var names = status.Migrations.Where(m => m.State is MigrationState.Applied or MigrationState.Edited).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        var applied = final.Migrations.Where(m => names.Contains(m.Name)).ToList();
        return applied.Count == final.Migrations.Length ? final.Schema : MigrationReplay.Run(applied, final.Options).Schema;
    }

    private Dictionary<(ObjectName Table, string? Column), SchemaChange> FindLost()
    {
        var lost = new Dictionary<(ObjectName Table, string? Column), SchemaChange>();
        foreach (var change in HandMade)
        {
            if (change is { Kind: ChangeKind.DropTable, FromObject: Table table })
                lost[(table.Name, null)] = change;
            else if (change is { Kind: ChangeKind.DropColumn, FromObject: Column column, FromParent: { } parent })
                lost[(parent.Name, column.Name)] = change;
        }

        return lost;
    }

    // Other schemas are the platform's, or those of other programs on the same database.
    private static HashSet<string> Managed(ProjectFacts project, DatabaseSchema applied)
    {
        HashSet<string> schemas = [.. applied.Namespaces.Select(n => n.Name), .. applied.Tables.Select(t => t.Name.Schema)];
        schemas.UnionWith((project.Schema?.Tables ?? []).Select(t => t.Name.Schema));
        schemas.Add(project.Database!.Url.Parameter("schema") ?? "public");
        return schemas;
    }

    // The rule "index/invalid" tells it.
    private static bool IsInvalidIndex(SchemaChange change) =>
        change.ToObject is Plumbline.Schema.Model.Index { IsValid: false } && (change.FromObject is null || change.To == change.From + " INVALID");

    private static DatabaseSchema WithoutPrismasOwn(DatabaseSchema schema) => schema with { Tables = [.. schema.Tables.Where(t => t.Name.Name != "_prisma_migrations")] };

    private static string? EditedMigrationOf(SchemaChange change, Dictionary<string, string> edited)
    {
        if (edited.Count == 0)
            return null;

        foreach (var place in (change.FromObject?.ChangedBy ?? []).Append(change.FromObject?.Location))
        {
            if (place is not null && edited.TryGetValue(place.Path, out var name))
                return name;
        }

        return null;
    }
}
