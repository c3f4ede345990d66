using System.Text;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Expressions;

[Trait("needs", "server")]
public sealed class ExpressionTests(PostgreSqlServer server)
{
    [Fact]
    public void Expressions_are_printed_and_refused_as_the_server_does()
    {
        using var database = server.CreateDatabase();
        database.Run(File.ReadAllText(Cases("schema.sql")));
        using var oracle = new ExpressionOracle(database.Open());
        var cases = File.ReadAllLines(Cases("expressions.txt")).Where(line => line.Contains(" | ", StringComparison.Ordinal) && !line.StartsWith('#')).ToList();
        AssertAgreement(oracle, cases.ConvertAll(line => (line[..line.IndexOf(" | ", StringComparison.Ordinal)], line[(line.IndexOf(" | ", StringComparison.Ordinal) + 3)..])), mayBeOpen: 0.03);
    }

    [Fact]
    public void Views_are_printed_and_refused_as_the_server_does()
    {
        using var database = server.CreateDatabase();
        database.Run(File.ReadAllText(Cases("schema.sql")));
        using var oracle = new ExpressionOracle(database.Open());
        var cases = File.ReadAllText(Cases("views.sql")).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        AssertAgreement(oracle, cases.ConvertAll(query => ("view", query.TrimEnd(';'))), mayBeOpen: 0.03);
    }

    private static string Cases(string file) => ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Expressions", "Cases", file);

    private static void AssertAgreement(ExpressionOracle oracle, List<(string Place, string Expression)> cases, double mayBeOpen)
    {
        var wrong = new StringBuilder();
        var open = new StringBuilder();
        var opened = 0;
        foreach (var (place, expression) in cases)
        {
            var (expected, actual) = oracle.Ask(place, expression);
            if (expected.Position is null && (place.StartsWith("check", StringComparison.Ordinal) || place.StartsWith("generated", StringComparison.Ordinal)))
            {
                // ALTER TABLE tells no place for what CREATE TABLE tells one for.
                actual = actual with { Position = null };
            }

            if (actual.Text is null && actual.SqlState is null)
            {
                opened++;
                open.AppendLine($"  {place} | {expression}\n    server: {expected}");
            }
            else if (expected != actual)
            {
                wrong.AppendLine($"{place} | {expression}\n  server: {expected}\n  ours:   {actual}");
            }
        }

        Assert.True(wrong.Length == 0 && opened <= cases.Count * mayBeOpen, $"{wrong}\nLeft open: {opened} of {cases.Count}\n{open}");
    }
}
