using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay;

[Trait("needs", "server")]
public sealed class AgreementTests(PostgreSqlServer server, ITestOutputHelper output)
{
    [Fact]
    public void Small_histories_end_with_the_same_catalog_as_on_a_server()
    {
        using var history = server.CreateDatabase();
        using var written = server.CreateDatabase();
        using var runner = new HistoryRunner(history, written);
        var differences = 0;
        foreach (var script in AgreeingHistories.All)
        {
            var statements = SqlParser.Read(script, isPsql: false).Select(s => script.Substring(s.Span.Start, s.Span.Length)).ToList();
            if (runner.Run(statements).Difference is { } difference)
            {
                differences++;
                output.WriteLine($"{script}\n{difference}\n");
            }
        }

        Assert.Equal(0, differences);
    }
}
