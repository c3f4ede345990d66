using System.Globalization;
using Npgsql;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>Generated histories: what a real server's catalog says after them is what the replay says, to the letter. <c>PLUMB_HISTORIES</c> asks for another number.</summary>
[Trait("needs", "server")]
public sealed class GeneratedCatalogTests(PostgreSqlServer server, ITestOutputHelper output)
{
    [Fact]
    public async Task Catalog_and_replay_say_the_same_of_every_history()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("PLUMB_HISTORIES"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var asked) ? asked : 120;
        using var database = server.CreateDatabase();
        var (differing, objects) = (0, 0);
        for (var seed = 1; seed <= count; seed++)
        {
            var history = new HistoryGenerator(seed).History();
            Run(database, history);
            var live = await LiveCatalog.SchemaAsync(database);
            var replay = LiveCatalog.Replay(string.Concat(history.Select(s => s + ";\n")));
            objects += live.Tables.Length + live.Views.Length + live.Functions.Length + live.Enums.Length + live.Domains.Length;
            var differences = LiveCatalog.Differences(replay, live).ToList();
            if (differences.Count == 0 && SchemaWriter.Write(replay) != SchemaWriter.Write(live))
            {
                differences.Add(string.Join('\n', SchemaWriter.Statements(replay).Except(SchemaWriter.Statements(live)).Select(s => "replay: " + s).Concat(SchemaWriter.Statements(live).Except(SchemaWriter.Statements(replay)).Select(s => "catalog: " + s))));
            }

            if (differences.Count > 0)
            {
                differing++;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}:\n{string.Join('\n', differences)}\n"));
            }

            database.Clear();
        }

        Assert.Equal(0, differing);
        Assert.True(objects > count * 3, $"Only {objects} objects were compared.");
    }

    // Sent one by one over one connection, as the replay takes them; those that are refused leave nothing.
    private static void Run(TestDatabase database, IReadOnlyList<string> statements)
    {
        using var connection = database.Open();
        foreach (var statement in statements)
        {
            try
            {
                using var command = new NpgsqlCommand(statement, connection);
                command.ExecuteNonQuery();
            }
            catch (PostgresException)
            {
                // The replay refuses it too.
            }
        }
    }
}
