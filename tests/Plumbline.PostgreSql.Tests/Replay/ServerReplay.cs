using System.Text.RegularExpressions;
using Npgsql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay;

/// <summary>What a server said to a statement: nothing, or an error.</summary>
/// <param name="Statement">The statement's text.</param>
/// <param name="Error">SQLSTATE, message and place; null where it was accepted.</param>
internal sealed record Answer(string Statement, string? Error);

/// <summary>Asks a real server and the replay the same questions.</summary>
internal static partial class ServerReplay
{
    /// <summary>What a server says to each statement of a script, sent one by one over one connection.</summary>
    public static List<Answer> AskServer(TestDatabase database, string script)
    {
        using var connection = database.Open();
        return AskServer(connection, script);
    }

    /// <summary>What a server says to each statement of a script, sent one by one over this connection.</summary>
    public static List<Answer> AskServer(NpgsqlConnection connection, string script)
    {
        var answers = new List<Answer>();
        foreach (var statement in SqlParser.Read(script, isPsql: false))
        {
            var text = script.Substring(statement.Span.Start, statement.Span.Length);
            string? error = null;
            try
            {
                using var command = new NpgsqlCommand(text, connection);
                command.ExecuteNonQuery();
            }
            catch (PostgresException e)
            {
                error = Describe(e.SqlState, e.MessageText, e.Position == 0 ? null : e.Position - 1, e.Detail, e.Hint);
            }

            answers.Add(new Answer(text, error));
        }

        return answers;
    }

    /// <summary>What the replay says to each statement of a script.</summary>
    public static List<Answer> AskReplay(string script)
    {
        var result = MigrationReplay.Run([Migration(script)]);
        return [.. result.Outcomes.Select(o => new Answer(script.Substring(o.Span.Start, o.Span.Length), Describe(o)))];
    }

    /// <summary>A script as the only migration of a history.</summary>
    public static MigrationSource Migration(string script) => new("history", new SourceText("history/migration.sql", script));

    /// <summary>What an outcome says, in one line.</summary>
    public static string? Describe(StatementOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Done => null,
        OutcomeKind.Refused => Describe(outcome.Error!.SqlState, outcome.Error.Message, outcome.Error.Position is { } p ? p - outcome.Span.Start : null, outcome.Error.Detail, outcome.Error.Hint),
        _ => $"{outcome.Kind}: {outcome.Reason}",
    };

    // Numbers of objects, paths of the server's files and what is wrong inside a JSON value are left out.
    private static string Describe(string state, string message, int? position, string? detail, string? hint)
    {
        detail = detail is null || state == "22P02" || detail.StartsWith("Could not open extension control file", StringComparison.Ordinal) ? null : Number().Replace(detail, "(N,");
        return $"{state}: {message}{(position is null ? "" : $" @{position}")}{(detail is null ? "" : $" DETAIL {detail}")}{(hint is null ? "" : $" HINT {hint}")}";
    }

    [GeneratedRegex(@"\(\d+,")]
    private static partial Regex Number();
}
