using BenchmarkDotNet.Attributes;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;

namespace Plumbline.Benchmarks;

/// <summary>The readers, the replay and the comparison, each by itself, on projects of two sizes: what grows faster than its input shows here.</summary>
[MemoryDiagnoser]
public class Readers
{
    private Project _project = null!;
    private DatabaseSchema _lowered = null!;
    private DatabaseSchema _replayed = null!;

    [Params(100, 1000)]
    public int Models { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _project = Project.OfModels(Models);
        _lowered = Lower();
        _replayed = ReplayMigrations();
    }

    [Benchmark]
    public PrismaSchema ReadPrisma() => PrismaSchema.Read([_project.Schema]);

    [Benchmark]
    public DatabaseSchema Lower() => SchemaLowering.Lower(PrismaSchema.Read([_project.Schema]), new LoweringOptions());

    [Benchmark]
    public int ParseSql()
    {
        var statements = 0;
        foreach (var migration in _project.Migrations)
            statements += SqlParser.Read(migration.Text.Text).Count();

        return statements;
    }

    [Benchmark]
    public DatabaseSchema ReplayMigrations() => MigrationReplay.Run(_project.Migrations, ReplayOptions.Default).Schema;

    [Benchmark]
    public SchemaComparison Compare() => SchemaComparer.Compare(_replayed, _lowered);
}
