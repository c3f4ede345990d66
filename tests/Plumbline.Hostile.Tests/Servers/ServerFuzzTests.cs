using System.Diagnostics;
using System.Globalization;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Mutants of what a real server said to a command: every one is read or refused, none ends the program or makes it hang.</summary>
/// <param name="server">The real server.</param>
/// <param name="output">Where the seeds and numbers go.</param>
[Trait("needs", "fuzz")]
[Collection(nameof(LargeInputs))]
public sealed class ServerFuzzTests(PostgreSqlServer server, ITestOutputHelper output) : IClassFixture<PostgreSqlServer>
{
    private const int Few = 100;

    // As many as fit, and no more than these: each seed is the same on every machine. PLUMB_WIRES asks for more.
    private static readonly int Mutants = int.TryParse(Environment.GetEnvironmentVariable("PLUMB_WIRES"), CultureInfo.InvariantCulture, out var asked) ? asked : Few;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Mutants == Few ? 6 : 3600);

    // The deadline of a command, and some time for the rest.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    // Something of every kind that the queries ask for.
    private const string Objects = """
        CREATE TYPE mood AS ENUM ('sad', 'happy');
        CREATE DOMAIN positive AS integer CHECK (value > 0);
        CREATE SEQUENCE numbers START 5;
        CREATE TABLE shops (id serial PRIMARY KEY, name text DEFAULT 'x' NOT NULL, mood mood, size positive, at timestamptz DEFAULT now(), UNIQUE (name));
        CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop int REFERENCES shops ON DELETE CASCADE, total numeric(10, 2) CHECK (total > 0), tags text[]);
        CREATE INDEX orders_shop ON orders (shop DESC) WHERE total > 1;
        CREATE VIEW totals AS SELECT shop, sum(total) AS total FROM orders GROUP BY shop;
        CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS 'SELECT a * 2';
        CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger();
        ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON orders USING (true);
        COMMENT ON TABLE shops IS 'shops';
        CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text,
          rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0);
        INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ('a', 'b', now(), '20250101000000_a', 1), ('c', 'd', NULL, '20250102000000_b', 0);
        """;

    [Theory]
    [InlineData("inspect")]
    [InlineData("diff")]
    [InlineData("status")]
    [InlineData("audit")]
    public void A_mutant_of_an_answer(string command)
    {
        using var database = server.CreateDatabase();
        database.Run(Objects);
        using var repository = new TemporaryRepository()
            .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model shops {\n  id Int @id @default(autoincrement())\n}\n")
            .Write("prisma/migrations/20250101000000_a/migration.sql", "CREATE TABLE shops (id serial PRIMARY KEY);\n");

        var conversation = Conversation.Record(server.Port, port => Assert.InRange(Run(string.Create(CultureInfo.InvariantCulture, $"postgresql://postgres@127.0.0.1:{port}/{database.Name}?sslmode=disable")).ExitCode, 0, 1)) with { Database = database.Name };
        string plain;
        using (var replay = conversation.Play([.. conversation.Turns.Select(turn => turn.Answered)], TimeSpan.FromSeconds(5)))
        {
            // What was recorded is enough for the command: else the mutants would show nothing.
            var result = Run(replay.Url);
            Assert.InRange(result.ExitCode, 0, 1);
            plain = Without(replay.Url, result.Output);
        }

        var clock = Stopwatch.StartNew();
        var (others, slowest) = (0, TimeSpan.Zero);
        var codes = new SortedDictionary<int, int>();
        var seed = 0;
        while (++seed <= Mutants && clock.Elapsed < Time)
        {
            using var replay = conversation.Play(new WireMutation(new Random(seed), conversation).Apply(), TimeSpan.FromMilliseconds(80));
            var before = clock.Elapsed;
            var result = Run(replay.Url);
            slowest = clock.Elapsed - before > slowest ? clock.Elapsed - before : slowest;
            codes[result.ExitCode] = codes.GetValueOrDefault(result.ExitCode) + 1;
            others += Without(replay.Url, result.Output) == plain ? 0 : 1;
            var shown = result.Output + result.Error;
            Assert.True(
                result.ExitCode is >= 0 and <= 3 && !shown.Contains("bug in plumb", StringComparison.Ordinal) && !shown.Contains("\n   at ", StringComparison.Ordinal) && clock.Elapsed - before < Longest,
                $"{command}, seed {seed}, {clock.Elapsed - before}: exit code {result.ExitCode}\n{result.Error}\n{result.Output}");
        }

        output.WriteLine($"{command}: {conversation.Turns.Count} turns, {conversation.Turns.Sum(turn => turn.Answered.Length)} bytes; {seed - 1} mutants in {clock.Elapsed.TotalSeconds:0} s, slowest {slowest.TotalSeconds:0.0} s, {others} with other output, exit codes {string.Join(", ", codes.Select(code => $"{code.Key}: {code.Value}"))}");
        Assert.True(others > seed / 4, "The mutants change too little.");

        // The port is another one each time.
        static string Without(string url, string text) => text.Replace(string.Create(CultureInfo.InvariantCulture, $":{new Uri(url).Port}"), "", StringComparison.Ordinal);

        CommandResult Run(string url) => command switch
        {
            "inspect" => Plumb.Run("inspect", url, "--format", "json"),
            "diff" => Plumb.Run("diff", repository.PathOf("prisma/migrations"), url),
            "audit" => Plumb.Run("audit", repository.Root, "--database", url, "--fail-on", "never"),
            _ => Plumb.Run(command, repository.Root, "--database", url),
        };
    }
}
