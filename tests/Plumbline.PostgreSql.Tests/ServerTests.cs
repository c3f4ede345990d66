using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests;

[Trait("needs", "server")]
public sealed class ServerTests(PostgreSqlServer server)
{
    [Fact]
    public void A_cleared_database_equals_a_new_one()
    {
        using var database = server.CreateDatabase();
        var empty = database.CatalogLines();
        database.Run("CREATE TABLE a (id int PRIMARY KEY); CREATE EXTENSION citext;");
        Assert.NotEqual(empty, database.CatalogLines());
        database.Clear();
        Assert.Equal(empty, database.CatalogLines());
    }
}
