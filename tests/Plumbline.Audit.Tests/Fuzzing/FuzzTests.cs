using System.Text.RegularExpressions;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.PostgreSql.Writing;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Fuzzing;

/// <summary>Mutates the texts of the examples and fixtures for a bounded time, through every stage: nothing throws, nothing hangs.</summary>
[Trait("needs", "fuzz")]
public sealed partial class FuzzTests
{
    private const int Stages = 5;

    private static readonly Lazy<string[]> Schemas = new(() => Texts("*.prisma"));
    private static readonly Lazy<string[]> Scripts = new(() => Texts("*.sql"));
    private static readonly Lazy<string[]> Procedures = new(() => [.. Scripts.Value.SelectMany(script => DollarQuoted().Matches(script).Select(body => body.Groups[2].Value))]);

    [Fact]
    public void Schemas_are_read_lowered_and_formatted() => Fuzzer.Run(Stages, mutant =>
    {
        var source = new SourceText("schema.prisma", mutant.Of(Schemas.Value));
        _ = SchemaLowering.Lower(PrismaSchema.Read([source]), new LoweringOptions());
        _ = PrismaFormatter.Format(source);
    });

    [Fact]
    public void Scripts_and_the_bodies_of_procedures_are_parsed() => Fuzzer.Run(Stages, mutant =>
    {
        var script = mutant.Of(Scripts.Value);
        _ = SqlParser.Read(script).Count();
        _ = SqlParser.Read(script, isPsql: false).Count();
        _ = SqlDialectDetector.Detect(script);
        _ = PlPgSqlParser.Parse(mutant.Of(Procedures.Value));
    });

    [Fact]
    public void Migrations_are_replayed_and_deployed() => Fuzzer.Run(Stages, mutant =>
    {
        MigrationSource[] history = [Migration("1", mutant.Of(Scripts.Value)), Migration("2", mutant.Of(Scripts.Value))];
        var end = MigrationReplay.Run(history, ReplayOptions.Default);
        _ = SchemaWriter.Write(end.Schema);
        _ = WorkingOrder.Find(end);
        _ = MigrationReplay.Deploy(history, ReplayOptions.Default).Schema;
    });

    [Fact]
    public void Schemas_are_compared_with_migrations_and_the_steps_between_them_written() => Fuzzer.Run(Stages, mutant =>
    {
        var schema = SchemaLowering.Lower(PrismaSchema.Read([new SourceText("schema.prisma", mutant.Of(Schemas.Value))]), new LoweringOptions());
        var migrations = MigrationReplay.Run([Migration("1", mutant.Of(Scripts.Value))], ReplayOptions.Default).Schema;
        _ = ChangeWriter.Write(SchemaComparer.Compare(migrations, schema));
        _ = ChangeWriter.Write(SchemaComparer.Compare(schema, migrations));
    });

    [Fact]
    public void A_repository_is_audited_and_reported()
    {
        using var repository = new TemporaryRepository().Write("compose.yml", "services:\n  db:\n    image: \"postgres:${VERSION:-16}\"\n");
        var example = ProjectRoot.Combine("examples", "evermed");
        foreach (var file in Directory.GetFiles(example, "*", SearchOption.AllDirectories))
            repository.Write(Path.GetRelativePath(example, file), File.ReadAllText(file));

        string[] files = [.. Directory.GetFiles(repository.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        string[] texts = [.. files.Select(File.ReadAllText)];
        Fuzzer.Run(Stages, mutant =>
        {
            var changed = mutant.Next(files.Length);
            repository.Write(files[changed], mutant.Of(texts[changed], texts));
            var result = Auditor.Run(Repository.Open(repository.Root, AuditConfiguration.Empty), AuditOptions.Default);
            JsonReport.Write(result, ".", Stream.Null);
            MarkdownReport.Write(result, ".", TextWriter.Null);
            repository.Write(files[changed], texts[changed]);
        });
    }

    private static MigrationSource Migration(string name, string text) => new(name, new SourceText($"{name}/migration.sql", text));

    private static string[] Texts(string pattern) =>
    [
        .. new[] { "examples", "tests" }.SelectMany(folder => Directory.GetFiles(ProjectRoot.Combine(folder), pattern, SearchOption.AllDirectories))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    [GeneratedRegex(@"\$(\w*)\$(.*?)\$\1\$", RegexOptions.Singleline)]
    private static partial Regex DollarQuoted();
}
