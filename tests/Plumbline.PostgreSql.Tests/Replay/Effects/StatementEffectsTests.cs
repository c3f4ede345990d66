using System.Collections.Immutable;
using Npgsql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.PostgreSql.Tests.Replay.Procedures;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay.Effects;

/// <summary>What the replay says that each statement did is what it does on a server.</summary>
[Trait("needs", "server")]
public sealed class StatementEffectsTests(PostgreSqlServer server, ITestOutputHelper output)
{
    [Fact]
    public void Small_histories_change_the_objects_that_they_change_on_a_server() => Check(AgreeingHistories.All);

    [Fact]
    public void Blocks_change_the_objects_that_they_change_on_a_server() => Check(DoBlockHistories.All.Select(h => h.Data.Item2));

    [Fact]
    public void Generated_histories_change_the_objects_that_they_change_on_a_server() =>
        Check(Enumerable.Range(1, 40).Select(seed => string.Concat(new HistoryGenerator(seed).History().Select(s => s + ";\n"))));

    private void Check(IEnumerable<string> scripts)
    {
        using var database = server.CreateDatabase();
        var (differences, statements) = (0, 0);
        foreach (var script in scripts)
        {
            database.Clear();
            using var connection = database.Open();
            var before = ServerEffects.Read(connection);
            foreach (var outcome in MigrationReplay.Run([ServerReplay.Migration(script)]).Outcomes)
            {
                var text = script.Substring(outcome.Span.Start, outcome.Span.Length);
                if (!Run(connection, text) || outcome.Kind != OutcomeKind.Done || text.Contains("ROLLBACK", StringComparison.OrdinalIgnoreCase))
                {
                    if (outcome.Kind is OutcomeKind.Done)
                    {
                        break;
                    }

                    continue;
                }

                var after = ServerEffects.Read(connection);
                var expected = ServerEffects.Compare(before, after);
                var actual = Lines(outcome.Effects);
                before = after;
                statements++;
                if (!expected.SequenceEqual(actual))
                {
                    differences++;
                    output.WriteLine($"{text}\n  missing: {string.Join(", ", expected.Except(actual))}\n  too much: {string.Join(", ", actual.Except(expected))}\n");
                }
            }
        }

        output.WriteLine($"{statements} statements");
        Assert.Equal(0, differences);
        Assert.True(statements > 50);
    }

    private static bool Run(NpgsqlConnection connection, string text)
    {
        try
        {
            using var command = new NpgsqlCommand(text, connection);
            command.ExecuteNonQuery();
            return true;
        }
        catch (PostgresException)
        {
            using var state = new NpgsqlCommand("ROLLBACK", connection);
            state.ExecuteNonQuery();
            return false;
        }
    }

    private static List<string> Lines(ImmutableArray<ObjectChange> changes) =>
    [
        .. changes.Where(c => c.Kind is ObjectChangeKind.Create or ObjectChangeKind.Drop or ObjectChangeKind.Rename && c.ObjectKind is not (ObjectKind.Role or ObjectKind.Publication or ObjectKind.Other) && c.Name.Schema != "pg_temp")
            .Select(c => $"{c.Kind} {c.ObjectKind} {(c.Name.Schema.Length == 0 ? c.Name.Name : c.Name.ToString())}{(c.Member is null ? "" : "." + c.Member)}{(c.Kind == ObjectChangeKind.Rename ? $" from {c.OldName}" : "")}")
            .Order(StringComparer.Ordinal),
    ];
}
