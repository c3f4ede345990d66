using FsCheck;
using FsCheck.Fluent;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Expressions;

[Trait("needs", "server")]
public sealed class GeneratedExpressionTests(PostgreSqlServer server)
{
    [Fact]
    public void Generated_expressions_are_printed_and_refused_as_the_server_does()
    {
        using var database = server.CreateDatabase();
        database.Run(File.ReadAllText(ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Expressions", "Cases", "schema.sql")));
        using var oracle = new ExpressionOracle(database.Open());
        var open = 0;
        var asked = 0;
        Check.One(
            GeneratedValues.Config(250).WithEndSize(10),
            Prop.ForAll(Arb.From(Gen.Sized(size => ExpressionGenerator.Boolean(Math.Min(size, 5)))), expression =>
            {
                var (expected, actual) = oracle.Ask("policy", expression);
                asked++;
                open += actual.Text is null && actual.SqlState is null ? 1 : 0;
                return (actual == expected || (actual.Text is null && actual.SqlState is null)).Label($"{expression}\n  server: {expected}\n  ours:   {actual}");
            }));
        Assert.True(open <= asked / 50, $"{open} of {asked} were left open.");
    }
}
