using Plumbline.PostgreSql.Replay;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay;

[Trait("needs", "server")]
public sealed class RefusalTests(PostgreSqlServer server, ITestOutputHelper output)
{
    [Fact]
    public void Failing_histories_fail_as_on_a_server_by_statement_state_message_and_place()
    {
        using var database = server.CreateDatabase();
        var differences = new List<string>();
        var count = 0;
        foreach (var (state, script) in FailingHistories.All)
        {
            count++;
            var expected = ServerReplay.AskServer(database, script);
            Assert.Contains(expected, a => a.Error?.StartsWith(state, StringComparison.Ordinal) == true);
            Compare(script, expected, ServerReplay.AskReplay(script), differences);
            database.Clear();
        }

        foreach (var difference in differences)
        {
            output.WriteLine(difference);
        }

        Assert.True(count >= 80);
        Assert.Empty(differences);
    }

    [Fact]
    public void What_only_a_single_string_makes_fail_fails_as_on_a_server()
    {
        var differences = new List<string>();
        foreach (var (state, script) in FailingHistories.OnlyDeployed)
        {
            using var database = server.CreateDatabase();
            var error = database.Psql(["-v", "VERBOSITY=verbose", "-c", script]).Error;
            var line = error.Split('\n').First(l => l.StartsWith("ERROR:", StringComparison.Ordinal))["ERROR:".Length..].Trim();
            Assert.StartsWith(state, line, StringComparison.Ordinal);
            var deployed = MigrationReplay.Deploy([ServerReplay.Migration(script)]);
            var refusal = deployed.Outcomes.FirstOrDefault(o => o.Kind == OutcomeKind.Refused);
            if (deployed.StoppedAt != 0 || refusal?.Error?.ToString() != line)
            {
                differences.Add($"{script}\n  server: {line}\n  replay: {refusal?.Error}");
            }

            if (state != "25P01" && !script.Contains("COMMIT; ALTER", StringComparison.Ordinal))
            {
                Assert.Equal(0, MigrationReplay.Run([ServerReplay.Migration(script)]).RefusedCount);
            }
        }

        foreach (var difference in differences)
        {
            output.WriteLine(difference);
        }

        Assert.Empty(differences);
    }

    internal static void Compare(string script, List<Answer> expected, List<Answer> actual, List<string> differences)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            var said = i < actual.Count ? actual[i] : null;
            if (said != expected[i])
            {
                differences.Add($"{script}\n  at:     {expected[i].Statement}\n  server: {expected[i].Error ?? "accepted"}\n  replay: {(said is null ? "nothing" : said.Error ?? "accepted")}");
            }
        }
    }
}
