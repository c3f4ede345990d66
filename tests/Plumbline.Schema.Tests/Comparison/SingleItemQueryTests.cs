using Plumbline.Schema.Comparison.Canonical;

namespace Plumbline.Schema.Tests.Comparison;

public sealed class SingleItemQueryTests
{
    [Theory]
    [InlineData("SELECT t.a, t.b FROM t", "SELECT a, b FROM t")]
    [InlineData("SELECT x.a FROM t x WHERE x.b > 1 ORDER BY x.a", "SELECT a FROM t x WHERE b > 1 ORDER BY a")]
    [InlineData("SELECT f.n FROM generate_series(1, 3) f(n)", "SELECT n FROM generate_series(1, 3) f(n)")]
    [InlineData("SELECT s.a FROM (SELECT t.a FROM t) s", "SELECT a FROM (SELECT t.a FROM t) s")]
    [InlineData("SELECT lower(t.a) FROM only t", "SELECT lower(a) FROM only t")]
    public void Columns_of_the_one_item_in_FROM_lose_its_name(string until15, string since16) => Assert.Equal(Tokens(since16), Without(until15));

    [Theory]
    [InlineData("SELECT t.a, u.b FROM t, u")]
    [InlineData("SELECT t.a FROM t JOIN u ON t.id = u.id")]
    [InlineData("SELECT t.a FROM (t CROSS JOIN u)")]
    [InlineData("SELECT t.a FROM t UNION SELECT u.a FROM u")]
    [InlineData("SELECT 1")]
    [InlineData("SELECT t.f(1) FROM t")]
    [InlineData("SELECT t.t.a FROM u")]
    [InlineData("SELECT a::t.kind FROM t")]
    public void Where_that_could_mean_something_else_nothing_changes(string query) => Assert.Equal(Tokens(query), Without(query));

    [Fact]
    public void Queries_within_keep_names() =>
        Assert.Equal(
            Tokens("SELECT (SELECT u.b FROM u WHERE u.id = t.id) FROM t WHERE a IN (SELECT t.b FROM u)"),
            Without("SELECT (SELECT u.b FROM u WHERE u.id = t.id) FROM t WHERE t.a IN (SELECT t.b FROM u)"));

    private static List<ExpressionToken> Tokens(string query) => ExpressionLexer.Read(query);

    private static List<ExpressionToken> Without(string query) => SingleItemQuery.WithoutQualifier(Tokens(query));
}
