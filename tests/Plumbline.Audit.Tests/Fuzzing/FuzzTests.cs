using System.Diagnostics;
using System.Globalization;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Formatting;
using Plumbline.Prisma.Lowering;
using Plumbline.Schema;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Fuzzing;

/// <summary>
/// Mutates the texts of the examples and fixtures for a bounded time: nothing throws, nothing hangs. <c>PLUMB_FUZZ_SECONDS</c> sets
/// the time (15 where it is not set), <c>PLUMB_FUZZ_SEED</c> the first seed; a failure names the seed that repeats it.
/// </summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Fact]
    public void Mutated_schemas_are_read_lowered_and_formatted_without_a_throw() =>
        Run("*.prisma", text =>
        {
            var source = new SourceText("schema.prisma", text);
            var schema = PrismaSchema.Read([source]);
            _ = SchemaLowering.Lower(schema, new LoweringOptions());
            _ = PrismaFormatter.Format(source);
        });

    [Fact]
    public void Mutated_migrations_are_replayed_without_a_throw() =>
        Run("*.sql", text =>
        {
            MigrationSource[] history = [new("1", new SourceText("1/migration.sql", text))];
            _ = MigrationReplay.Run(history, ReplayOptions.Default).Schema;
            _ = MigrationReplay.Deploy(history, ReplayOptions.Default).Schema;
        });

    private static void Run(string pattern, Action<string> read)
    {
        string[] corpus = [.. new[] { "examples", "tests" }.SelectMany(f => Directory.GetFiles(ProjectRoot.Combine(f), pattern, SearchOption.AllDirectories))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/node_modules/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)];
        Assert.NotEmpty(corpus);
        var end = Stopwatch.GetTimestamp() + (Number("PLUMB_FUZZ_SECONDS", 15) * Stopwatch.Frequency);
        for (var seed = Number("PLUMB_FUZZ_SEED", 1); Stopwatch.GetTimestamp() < end; seed++)
        {
            var random = new Random((int)seed);
            var text = new Mutation(random, corpus).Apply(corpus[random.Next(corpus.Length)]);

            // On a thread of its own with a small stack, so that a hang and a deep recursion are seen as what they are.
            Exception? thrown = null;
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        read(text);
                    }
                    catch (Exception e)
                    {
                        thrown = e;
                    }
                },
                maxStackSize: 1 << 20);
            thread.Start();
            Assert.True(thread.Join(Longest), $"Seed {seed} does not end.");
            Assert.True(thrown is null, $"Seed {seed} throws: {thrown}");
        }
    }

    private static long Number(string variable, long otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
