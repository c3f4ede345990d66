using System.Collections.Immutable;
using Plumbline.Audit.Facts.Patches;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Live;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing.Dependencies;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Facts;

/// <summary>One project, as rules look at it. Everything is computed when a rule asks for it, once.</summary>
internal sealed class ProjectFacts
{
    private const string SqlSyntaxError = "42601";

    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;
    private readonly Lazy<MigrationStatements> _statements;
    private readonly Lazy<PrismaSchema?> _prisma;
    private readonly Lazy<DatabaseSchema?> _schema;
    private readonly Lazy<ProjectHistories?> _histories;
    private readonly Lazy<MigrationRenames?> _renames;
    private readonly Lazy<HistoryProblems> _problems;
    private readonly Lazy<(ImmutableArray<StrayReplay> Replays, Diagnostic? Left)> _strayReplays;
    private readonly Lazy<ImmutableArray<SqlFile>> _sqlFiles;
    private readonly Lazy<ProjectDrift?> _drift;
    private readonly Lazy<MigrationStatus?> _status;
    private readonly Lazy<LiveDrift?> _liveDrift;
    private readonly Lazy<ShadowDisagreements?> _shadowDisagreements;
    private readonly Lazy<RowTypes?> _rowTypes;
    private readonly Lazy<RowFacts?> _liveRows;
    private readonly Lazy<ChangeFixes?> _fixes;
    private readonly Lazy<DriftCauses> _causes;
    private readonly Lazy<ImmutableArray<StrayTable>> _strayTables;
    private readonly Lazy<ImmutableArray<(ObjectName Name, bool IsInDatabase)>> _tablesOfMigrations;
    private readonly Lazy<ILookup<string, TextSpan>> _filledByRunner;
    private readonly Lazy<ImmutableArray<string>> _unread;
    private readonly CancellationToken _cancellation;
    private readonly Lazy<ImmutableArray<(MigrationFolder Folder, MigrationSource Source)>> _migrations;

    /// <summary>A context over a project of a workspace.</summary>
    /// <param name="project">The project.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="options">How the audit is asked for.</param>
    /// <param name="sqlFiles">The SQL files of the workspace that are no migrations.</param>
    /// <param name="cancellation">Ends what takes long.</param>
    public ProjectFacts(Project project, Repository workspace, AuditOptions options, Lazy<ImmutableArray<SqlFile>> sqlFiles, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        Project = project;
        Repository = workspace;
        Options = options;
        External = ExternalObjects.Of(project);
        _sqlFiles = sqlFiles;
        _suppressions = new Lazy<ImmutableArray<Suppression>>(ReadSuppressions);
        _migrations = new Lazy<ImmutableArray<(MigrationFolder Folder, MigrationSource Source)>>(ReadMigrations);
        _statements = new Lazy<MigrationStatements>(() => MigrationStatements.Read(_migrations.Value, IsPending, Project.DefaultSchema.Name, () => Final, cancellation));
        _prisma = new Lazy<PrismaSchema?>(ReadPrisma);
        _schema = new Lazy<DatabaseSchema?>(() => Prisma is { } prisma ? Lower(prisma) : null);
        _histories = new Lazy<ProjectHistories?>(ReadHistories);
        _renames = new Lazy<MigrationRenames?>(() => WorkingOrder is { } working ? MigrationRenames.Find(working) : null);
        _problems = new Lazy<HistoryProblems>(() => HistoryProblems.Of(AsItIs, WorkingOrder, outcome => IsFilledByRunner(outcome.Source, outcome.Span) || MayFollowFromUnread(outcome)));
        _strayReplays = new(() => (StrayReplay.Run(Project, KnownEnd, sqlFiles.Value, workspace.Projects.Length, out var left), left));
        _unread = new Lazy<ImmutableArray<string>>(() => project.History?.Unread ?? []);
        _drift = new Lazy<ProjectDrift?>(Compare);
        _status = new Lazy<MigrationStatus?>(() => Database?.History is { } history ? MigrationStatus.Of(Project.History, history.Rows, history.IsEmpty) : null);
        _liveDrift = new Lazy<LiveDrift?>(() => LiveDrift.Find(this));
        _rowTypes = new Lazy<RowTypes?>(() => Drift is { } drift ? new RowTypes(drift.From) : null);
        _shadowDisagreements = new Lazy<ShadowDisagreements?>(() => ShadowDisagreements.Find(this));
        _liveRows = new Lazy<RowFacts?>(() => Database?.Snapshot is { } snapshot ? new RowFacts(snapshot) : null);
        _fixes = new Lazy<ChangeFixes?>(() => Drift is { } drift ? new ChangeFixes(drift, new SchemaPatches(Prisma!, drift, ReadPrisma, prisma => Compare(prisma, Lower(prisma)).Comparison), Final, SearchPath) : null);
        _causes = new Lazy<DriftCauses>(() => new DriftCauses(Final, () => Problems, () => Drift?.Changes ?? []));
        _strayTables = new Lazy<ImmutableArray<StrayTable>>(() => StrayTables.Find(this));
        _tablesOfMigrations = new Lazy<ImmutableArray<(ObjectName Name, bool IsInDatabase)>>(FindTablesOfMigrations);
        _filledByRunner = new Lazy<ILookup<string, TextSpan>>(ReadFilledByRunner);
    }

    /// <summary>What was found of it in the workspace.</summary>
    public Project Project { get; }

    /// <summary>The schema of a model, enum or statement that names one, or else the project's default.</summary>
    public string SchemaOf(string? declared) => declared ?? Project.DefaultSchema.Name;

    /// <summary>The schema that the project's URL names, so that statements need not: another environment can name another one. Null for <c>public</c>.</summary>
    public string? SearchPath => Project.DefaultSchema.IsPublic ? null : Project.DefaultSchema.Name;

    /// <summary>The workspace that it lies in.</summary>
    public Repository Repository { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>The tables and enums that somebody else creates.</summary>
    public ExternalObjects External { get; }

    /// <summary>The models whose tables are the project's own: all but those of external tables.</summary>
    public IEnumerable<Model> OwnModels => (Prisma?.Models ?? []).Where(model => !External.HasTableOf(model, Project.DefaultSchema.Name));

    /// <summary>Its name.</summary>
    public string Name => Project.Name;

    /// <summary>The Prisma schema, bound; as complete as its errors allow. Null where the project has none that could be read.</summary>
    public PrismaSchema? Prisma => _prisma.Value;

    /// <summary>The database that Prisma would create for the schema; null where the project has none.</summary>
    public DatabaseSchema? Schema => _schema.Value;

    /// <summary>The schemas of it that were computed so far: that of its models, that of its migrations, and that of its database.</summary>
    public IEnumerable<DatabaseSchema> ComputedSchemas =>
        ((DatabaseSchema?[])[_schema.IsValueCreated ? Schema : null, _histories.IsValueCreated ? Final?.Schema : null, Database?.Snapshot?.Schema]).OfType<DatabaseSchema>();

    /// <summary>The statements of its migrations, in the order in which Prisma runs them.</summary>
    public MigrationStatements Statements => _statements.Value;

    /// <summary>The program of the team's own that runs the migrations in place of Prisma; null where nothing shows one.</summary>
    public OwnRunner? OwnRunner => Project.History?.OwnRunner;

    /// <summary>What writes the next migration from its schema.</summary>
    public NextMigration NextMigration => new(OwnRunner is null && Project.History is not { IsWherePrismaLooks: false })
    {
        IsBlocked = OwnRunner is null && AsItIs is { RefusedCount: > 0 },
    };

    /// <summary>The suppressions in its schema and its migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;

    /// <summary>Its migrations replayed in Prisma's order, going on after a refused statement; null where it has none.</summary>
    public ReplayResult? AsItIs => _histories.Value?.AsItIs;

    /// <summary>Its migrations in an order in which all, or more, of their statements succeed; null where there is none. What fails only behind a migration that
    /// could not be read calls for no other order.</summary>
    public ReplayResult? WorkingOrder => UnreadMigrations.IsEmpty || AsItIs?.Outcomes.Any(outcome => outcome.Kind == OutcomeKind.Refused && !MayFollowFromUnread(outcome)) == true
        ? _histories.Value?.WorkingOrder
        : null;

    /// <summary>Its migrations as <c>prisma migrate deploy</c> runs them; null where it has none.</summary>
    public ReplayResult? AsDeployed => _histories.Value?.AsDeployed;

    /// <summary>The replay that drift is judged by: in the working order where there is one, else as it is.</summary>
    public ReplayResult? Final => WorkingOrder ?? AsItIs;

    /// <summary>The same; null too where a migration could not be read, so that nobody knows what the database is like in the end.</summary>
    public ReplayResult? KnownEnd => UnreadMigrations.IsEmpty ? Final : null;

    /// <summary>The names of its migrations that could not be read, in their order.</summary>
    public ImmutableArray<string> UnreadMigrations => _unread.Value;

    /// <summary>Whether a file of its schema could not be read: what is not in the others may be in that one.</summary>
    public bool HasUnreadSchema => Project.SchemaFiles.Any(file => file.Text is null);

    /// <summary>New names under which the migrations run in the working order; null where there is none, or no names can be found.</summary>
    public MigrationRenames? Renames => _renames.Value;

    /// <summary>What PostgreSQL refuses in the history.</summary>
    public HistoryProblems Problems => _problems.Value;

    /// <summary>The SQL files of the repository that are no migrations, parsed.</summary>
    public ImmutableArray<SqlFile> SqlFiles => _sqlFiles.Value;

    /// <summary>The SQL files outside the migrations, each replayed by itself on the end of <see cref="Final"/>.</summary>
    public ImmutableArray<StrayReplay> StrayReplays => _strayReplays.Value.Replays;

    /// <summary>That some of these files are not replayed because they are too many; null where all are.</summary>
    public Diagnostic? StrayReplaysLeft => _strayReplays.Value.Left;

    /// <summary>
    /// From the database that the migrations make to the one that Prisma would create for the schema; null where one of the two is missing. What a schema with errors
    /// lacks says nothing, and is left out.
    /// </summary>
    public SchemaComparison? Drift => _drift.Value?.Comparison;

    /// <summary>What may differ or not, because a statement changes it in a way that cannot be known.</summary>
    public ImmutableArray<UnjudgedChange> UnjudgedChanges => _drift.Value?.Unjudged ?? [];

    /// <summary>The tables that the migrations lack and a file beside them would make.</summary>
    public ImmutableArray<StrayTable> TablesOfStrays => _strayTables.Value;

    /// <summary>What mends the drift; null where there is nothing to compare.</summary>
    public ChangeFixes? Fixes => _fixes.Value;

    /// <summary>The live database that was asked for; null where none was.</summary>
    public LiveDatabase? Database => Options.Databases.GetValueOrDefault(Name);

    /// <summary>The migrations held against the live database; null where none was asked for or reached.</summary>
    public MigrationStatus? Status => _status.Value;

    /// <summary>Where the live database parts from what was applied to it; null where none was asked for or reached.</summary>
    public LiveDrift? LiveDrift => _liveDrift.Value;

    /// <summary>What came of the migrations when they ran for real; null where nobody asked for that.</summary>
    public ShadowRun? Shadow => Options.Shadows.GetValueOrDefault(Name);

    /// <summary>The row types of the tables that the migrations make; null where they are compared with no schema.</summary>
    public RowTypes? RowTypes => _rowTypes.Value;

    /// <summary>Where that and the replay part; null where nobody asked for it, or it did not come to its end.</summary>
    public ShadowDisagreements? ShadowDisagreements => _shadowDisagreements.Value;

    /// <summary>The rows of the live database's tables; null where none was asked for or reached.</summary>
    public RowFacts? RowFacts => _liveRows.Value;

    /// <summary>The tables that exist after all migrations, and whether the live database has them. Those of the platform have no place in the migrations and are left out.</summary>
    public ImmutableArray<(ObjectName Name, bool IsInDatabase)> TablesOfMigrations => _tablesOfMigrations.Value;

    /// <summary>What schema and migrations agree in.</summary>
    public Agreements Agreements => new(this);

    /// <summary>Why migrations and schema differ.</summary>
    public DriftCauses Causes => _causes.Value;

    /// <summary>Whether the team's own runner fills in a part of a statement, so that nobody knows here what the statement is.</summary>
    /// <param name="text">The text of the migration.</param>
    /// <param name="statement">Where the statement stands in it.</param>
    public bool IsFilledByRunner(SourceText text, TextSpan statement) =>
        OwnRunner is not null && _filledByRunner.Value[text.Path].Any(filled => filled.Start >= statement.Start && filled.Start < statement.End);

    // A text that is no SQL is refused whatever came before it.
    private bool MayFollowFromUnread(StatementOutcome outcome) => UnreadMigrations is [var first, ..] && outcome.Error?.SqlState != SqlSyntaxError &&
        string.CompareOrdinal(AsItIs!.Migrations[outcome.Migration].Name, first) > 0;

    // Without a history nothing says what was applied: a database that was pushed to, or one that somebody else migrates.
    private bool IsPending(MigrationFolder migration) =>
        Options.PendingMigrations.Contains(migration.Path) || (Status is { HasHistory: true } status &&
            status.Migrations.Any(m => m.Name == migration.Name && m.State is MigrationState.Pending or MigrationState.RolledBack));

    private PrismaSchema? ReadPrisma()
    {
        var texts = Project.SchemaFiles.Select(f => f.Text).OfType<SourceText>().ToList();
        return texts.Count == 0 ? null : ReadPrisma(texts);
    }

    private ImmutableArray<(MigrationFolder Folder, MigrationSource Source)> ReadMigrations() =>
        [.. (Project.History?.Migrations ?? []).Where(m => m.Script?.Text is not null).Select(m => (m, new MigrationSource(m.Name, m.Sql!)))];

    private ProjectHistories? ReadHistories()
    {
        var migrations = _migrations.Value;
        if (migrations.Any(m => !m.Source.IsKept))
        {
            // Whoever went through a huge script knows its shape, so that the deployment need not go through it once more to learn that.
            _ = Statements;
        }

        return migrations.IsEmpty ? null : SourceLoader.HistoriesOf(Project, Repository, [.. migrations.Select(m => m.Source)], SharedTimestamps.Find([.. migrations.Select(m => m.Source.Name)]), _cancellation);
    }

    private DatabaseSchema Lower(PrismaSchema prisma) => SourceLoader.Lower(prisma, Project.PrismaVersion, Project.DefaultSchema);

    private PrismaSchema ReadPrisma(IReadOnlyList<SourceText> texts) => PrismaSchema.Read(texts, Project.PrismaVersion.ForValidation, _cancellation);

    private ProjectDrift? Compare() => Final is null || Schema is null ? null : Compare(Prisma!, Schema);

    private ProjectDrift Compare(PrismaSchema prisma, DatabaseSchema schema)
    {
        var comparison = SchemaComparer.Compare(External.Without(Final!.Schema), External.Without(CanonicalDefaults.Resolve(schema, Final)));
        var changes = ImmutableArray.CreateBuilder<SchemaChange>();
        var unjudged = ImmutableArray.CreateBuilder<UnjudgedChange>();
        foreach (var change in comparison.Changes)
        {
            if (IsCreatedByRunner(change) || (change.ToObject is null && (prisma.HasErrors || HasUnreadSchema)))
                continue;

            if (!UnreadMigrations.IsEmpty)
                unjudged.Add(new UnjudgedChange(change, null));
            else if (Causes.Unknown(change) is { } statement)
                unjudged.Add(new UnjudgedChange(change, statement));
            else
                changes.Add(change);
        }

        comparison = comparison with { Changes = changes.ToImmutable(), Agreements = UnreadMigrations.IsEmpty ? comparison.Agreements : [] };
        return new ProjectDrift(comparison, unjudged.ToImmutable());
    }

    // A runner that records what it applied creates the table for that by itself.
    private bool IsCreatedByRunner(SchemaChange change) => change is { Kind: ChangeKind.AddTable, ToObject: Table table } && OwnRunner?.Tables.Contains(table.Name.Name) is true;

    private ImmutableArray<(ObjectName Name, bool IsInDatabase)> FindTablesOfMigrations()
    {
        var live = (Database?.Snapshot?.Schema.Tables ?? []).Select(table => table.Name).ToHashSet();
        return Final is null ? [] : [.. External.Without(Final.Schema).Tables.Where(table => table.Location is not null).Select(table => (table.Name, live.Contains(table.Name)))];
    }

    private ILookup<string, TextSpan> ReadFilledByRunner() =>
        (OwnRunner is null ? [] : _migrations.Value)
            .SelectMany(m => Placeholders.FindUnfilled(m.Source.Text.Text).Select(span => (m.Source.Text.Path, Span: span)))
            .ToLookup(found => found.Path, found => found.Span, StringComparer.Ordinal);

    private ImmutableArray<Suppression> ReadSuppressions()
    {
        var found = ImmutableArray.CreateBuilder<Suppression>();
        foreach (var file in Prisma?.Files ?? [])
            found.AddRange(PrismaSuppressions.Read(file));

        foreach (var (_, source) in _migrations.Value)
            found.AddRange(SqlSuppressions.Read(source.Text));

        return found.ToImmutable();
    }
}
