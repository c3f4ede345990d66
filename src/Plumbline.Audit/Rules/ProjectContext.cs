using System.Collections.Immutable;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>One project, as rules look at it. Everything is computed when a rule asks for it, once.</summary>
internal sealed class ProjectContext
{
    private readonly Lazy<ImmutableArray<Suppression>> _suppressions;
    private readonly Lazy<MigrationStatements> _statements;
    private readonly Lazy<PrismaSchema?> _prisma;
    private readonly Lazy<DatabaseSchema?> _schema;

    /// <summary>A context over a project of a workspace.</summary>
    public ProjectContext(Project project, Workspace workspace, AuditOptions options)
    {
        Project = project;
        Workspace = workspace;
        Options = options;
        _suppressions = new Lazy<ImmutableArray<Suppression>>(ReadSuppressions);
        _statements = new Lazy<MigrationStatements>(() => MigrationStatements.Read(project.History, m => options.PendingMigrations.Contains(m.Path)));
        _prisma = new Lazy<PrismaSchema?>(ReadPrisma);
        _schema = new Lazy<DatabaseSchema?>(() => Prisma is { } prisma ? SchemaLowering.Lower(prisma, new LoweringOptions { PrismaVersion = PrismaVersion }) : null);
    }

    /// <summary>What was found of it in the workspace.</summary>
    public Project Project { get; }

    /// <summary>The workspace that it lies in.</summary>
    public Workspace Workspace { get; }

    /// <summary>How the audit was asked for.</summary>
    public AuditOptions Options { get; }

    /// <summary>Its name.</summary>
    public string Name => Project.Name;

    /// <summary>The Prisma schema, bound; as complete as its errors allow. Null where the project has none that could be read.</summary>
    public PrismaSchema? Prisma => _prisma.Value;

    /// <summary>The database that Prisma would create for the schema; null where the project has none.</summary>
    public DatabaseSchema? Schema => _schema.Value;

    /// <summary>The statements of its migrations, in the order in which Prisma runs them.</summary>
    public MigrationStatements Statements => _statements.Value;

    /// <summary>The suppressions in its schema and its migrations.</summary>
    public ImmutableArray<Suppression> Suppressions => _suppressions.Value;

    public Plumbline.PostgreSql.Replay.ReplayResult? AsItIs => null;
    public Plumbline.PostgreSql.Replay.ReplayResult? WorkingOrder => null;
    public Plumbline.PostgreSql.Replay.ReplayResult? Final => WorkingOrder ?? AsItIs;
    public SchemaComparison? Drift => null;
    public SourceLocation? LastDrop(ObjectName table, string? member) => null;

    private Version PrismaVersion => new(Project.PrismaVersion.Major, Project.PrismaVersion.Minor);

    private PrismaSchema? ReadPrisma()
    {
        var texts = Project.SchemaFiles.Select(f => f.Text).OfType<SourceText>().ToList();
        return texts.Count == 0 ? null : PrismaSchema.Read(texts);
    }

    private ImmutableArray<Suppression> ReadSuppressions()
    {
        var found = ImmutableArray.CreateBuilder<Suppression>();
        foreach (var file in Project.SchemaFiles)
        {
            if (file.Text is { } text)
                found.AddRange(SuppressionReader.ReadPrisma(text));
        }

        foreach (var migration in Project.History?.Migrations ?? [])
        {
            if (migration.Script?.Text is { } text)
                found.AddRange(SuppressionReader.ReadSql(text, []));
        }

        return found.ToImmutable();
    }
}
