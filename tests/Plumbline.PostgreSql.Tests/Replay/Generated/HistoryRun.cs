using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay.Generated;

/// <summary>What became of a statement: nothing to say, or SQLSTATE, message and place.</summary>
/// <param name="SqlState">The error's code; null where the statement was accepted.</param>
/// <param name="Message">The error's message.</param>
/// <param name="Position">Where it points, as an offset into the statement; null where it points nowhere.</param>
internal readonly record struct Verdict(string? SqlState, string? Message, int? Position)
{
    public override string ToString() =>
        SqlState is null ? "accepted" : string.Create(CultureInfo.InvariantCulture, $"{SqlState}: {Message}{(Position is null ? "" : $" (at {Position})")}");
}

/// <summary>How a history went on the server and in the replay.</summary>
/// <param name="Server">The server's verdict on each statement.</param>
/// <param name="Difference">Where the two part first, told in lines; null where they agree.</param>
/// <param name="OtherPlaces">How many refusals agree but for the place that they point at.</param>
/// <param name="Key">What the difference is, without the names in it: equal for what has one cause.</param>
internal sealed record HistoryRun(IReadOnlyList<Verdict> Server, string? Difference, string? Key, int OtherPlaces);

/// <summary>Runs histories on a real server and in the replay, and says where they part.</summary>
internal sealed class HistoryRunner(TestDatabase history, TestDatabase written) : IDisposable
{
    private readonly NpgsqlConnection _history = history.Open();
    private readonly NpgsqlConnection _written = written.Open();
    private readonly string _lines = File.ReadAllText(ProjectRoot.Combine("eng", "catalog-lines.sql"));

    /// <summary>Runs a history.</summary>
    /// <param name="statements">Its statements, without semicolons.</param>
    public HistoryRun Run(IReadOnlyList<string> statements)
    {
        var server = statements.Select(Ask).ToList();
        Execute(_history, "ROLLBACK");
        Execute(_history, "RESET ALL");
        try
        {
            var script = string.Concat(statements.Select(s => s + ";\n"));
            var replay = MigrationReplay.Run([new MigrationSource("history", new SourceText("migration.sql", script))]);
            if (replay.Outcomes.Length != statements.Count)
            {
                return new HistoryRun(server, $"{statements.Count} statements were sent, {replay.Outcomes.Length} were replayed", "count", 0);
            }

            var places = 0;
            for (var i = 0; i < statements.Count; i++)
            {
                var ours = Of(replay.Outcomes[i]);
                if (ours.Position != server[i].Position && ours.Message == server[i].Message)
                {
                    places++;
                }

                if (ours.SqlState != server[i].SqlState || ours.Message != server[i].Message)
                {
                    return new HistoryRun(server, $"server: {server[i]}\nreplay: {ours}", $"{Shape(statements[i])}: {server[i].SqlState} {ours.SqlState} {Words(server[i].Message)} / {Words(ours.Message)}", places);
                }
            }

            var difference = CatalogDifference(replay.Schema);
            return new HistoryRun(server, difference, difference is null ? null : "catalog " + Words(difference), places);
        }
        finally
        {
            history.Clear();
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _history.Dispose();
        _written.Dispose();
    }

    private Verdict Ask(string statement)
    {
        try
        {
            Execute(_history, statement);
            return default;
        }
        catch (PostgresException e)
        {
            return new Verdict(e.SqlState, e.MessageText, e.Position > 0 ? e.Position - 1 : null);
        }
    }

    private static Verdict Of(StatementOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Done => default,
        OutcomeKind.Refused => new Verdict(outcome.Error!.SqlState, outcome.Error.Message, outcome.ErrorOffset - outcome.Span.Start),
        _ => new Verdict(outcome.Kind.ToString(), outcome.Reason, null),
    };

    private string? CatalogDifference(DatabaseSchema schema)
    {
        var script = SchemaWriter.Write(schema);
        try
        {
            if (script.Length > 0)
            {
                Execute(_written, script);
            }

            Execute(_written, "RESET ALL");
            var expected = Lines(_history);
            var actual = Lines(_written);
            var missing = expected.Except(actual).Select(l => "  server: " + l);
            var extra = actual.Except(expected).Select(l => "  replay: " + l);
            var difference = missing.Concat(extra).ToList();
            return difference.Count == 0 ? null : "the catalogs differ\n" + string.Join('\n', difference);
        }
        catch (PostgresException e)
        {
            return $"the written schema is refused: {e.SqlState} {e.MessageText}\n{script}";
        }
        finally
        {
            written.Clear();
        }
    }

    private List<string> Lines(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(_lines, connection);
        using var reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // The first words that no name stands between.
    private static string Shape(string statement) => string.Join(' ', statement.Split(' ').Where(w => w.All(char.IsAsciiLetterUpper)).Take(5));

    private static string Words(string? message) => message is null ? "" : Regex.Replace(message.Split('\n')[0], "\"(?:[^\"]|\"\")*\"", "?");
}
