using Npgsql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay;

public sealed class GeneratedHistoryTests(PostgreSqlServer server, ITestOutputHelper output)
{
    private static readonly string Lines = File.ReadAllText(ProjectRoot.Combine("eng", "catalog-lines.sql"));

    [Fact]
    public void Replay_and_server_agree_on_every_refusal_and_on_the_final_catalog()
    {
        const int Histories = 320;
        using var first = server.CreateDatabase();
        using var second = server.CreateDatabase();
        var differences = new List<string>();
        var states = new Dictionary<string, int>();
        var refusing = 0;
        for (var seed = 1; seed <= Histories; seed++)
        {
            var script = new HistoryGenerator(seed).Make();
            List<Answer> expected;
            List<string> catalog;
            using (var connection = first.Open())
            {
                expected = ServerReplay.AskServer(connection, script);
                catalog = CatalogLines(connection);
            }

            var result = MigrationReplay.Run([ServerReplay.Migration(script)]);
            var actual = result.Outcomes.Select(o => new Answer(script.Substring(o.Span.Start, o.Span.Length), ServerReplay.Describe(o))).ToList();
            var before = differences.Count;
            RefusalTests.Compare($"seed {seed}", expected, actual, differences);
            if (differences.Count == before)
            {
                CompareCatalog(second, result, seed, catalog, differences);
                second.Clear();
            }

            foreach (var error in expected.Select(a => a.Error).OfType<string>())
            {
                states[error[..5]] = states.GetValueOrDefault(error[..5]) + 1;
            }

            refusing += expected.Exists(a => a.Error is not null) ? 1 : 0;
            first.Clear();
        }

        output.WriteLine(string.Join(", ", states.OrderByDescending(s => s.Value).Select(s => $"{s.Key} {s.Value}")));
        foreach (var difference in differences.Take(40))
        {
            output.WriteLine(difference);
        }

        Assert.Empty(differences);
        Assert.True(refusing >= Histories * 3 / 10, $"Only {refusing} histories hold a refusal.");
        Assert.True(states.Count(s => s.Value >= 10) >= 15, $"Only {states.Count(s => s.Value >= 10)} states occur ten times.");
    }

    private static void CompareCatalog(TestDatabase database, ReplayResult result, int seed, List<string> expected, List<string> differences)
    {
        var script = SchemaWriter.Write(result.Schema);
        List<string> actual;
        using (var connection = database.Open())
        {
            try
            {
                using var command = new NpgsqlCommand(script, connection);
                command.ExecuteNonQuery();
            }
            catch (PostgresException e)
            {
                differences.Add($"seed {seed}: the written schema is refused: {e.MessageText}\n{script}");
                return;
            }

            actual = CatalogLines(connection);
        }

        var missing = expected.Except(actual).ToList();
        var additional = actual.Except(expected).ToList();
        if (missing.Count + additional.Count > 0)
        {
            differences.Add($"seed {seed}: catalogs differ\n{string.Join('\n', missing.Select(l => "  - " + l).Concat(additional.Select(l => "  + " + l)))}");
        }
    }

    private static List<string> CatalogLines(NpgsqlConnection connection)
    {
        using var reset = new NpgsqlCommand("RESET search_path", connection);
        reset.ExecuteNonQuery();
        using var command = new NpgsqlCommand(Lines, connection);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }
}
