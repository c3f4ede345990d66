using Npgsql;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay.Procedures;

/// <summary>Histories with DO blocks as migrations have them: replay and server must agree on every refusal and on the catalog at the end.</summary>
[Trait("needs", "server")]
public sealed class DoBlockTests(PostgreSqlServer server)
{
    public static TheoryData<string, string> Histories => [.. DoBlockHistories.All];

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_block_does_what_it_does_on_a_server(string name, string script)
    {
        Assert.NotEmpty(name);
        using var expected = server.CreateDatabase();
        var replayed = MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))]);
        Assert.Equal(AskServer(expected, script), replayed.Outcomes.Select(Describe));

        using var actual = server.CreateDatabase();
        actual.Run(SchemaWriter.Write(replayed.Schema));
        Assert.Equal(expected.CatalogLines(), actual.CatalogLines());
    }

    private static string Describe(StatementOutcome outcome) =>
        outcome.Kind == OutcomeKind.Refused ? Describe(outcome.Error!.SqlState, outcome.Error.Message, outcome.ErrorOffset - outcome.Span.Start) : outcome.Reason is null ? outcome.Kind.ToString() : $"{outcome.Kind}: {outcome.Reason}";

    private static string Describe(string state, string message, int? position) => position is null ? $"{state}: {message}" : $"{state}: {message} at {position}";

    private static List<string> AskServer(TestDatabase database, string script)
    {
        using var connection = database.Open();
        var answers = new List<string>();
        foreach (var statement in SqlParser.Read(script, isPsql: false))
        {
            using var command = new NpgsqlCommand(script.Substring(statement.Span.Start, statement.Span.Length), connection);
            try
            {
                command.ExecuteNonQuery();
                answers.Add(nameof(OutcomeKind.Done));
            }
            catch (PostgresException e)
            {
                answers.Add(Describe(e.SqlState, e.MessageText, e.Position == 0 ? null : e.Position - 1));
            }
        }

        return answers;
    }
}
