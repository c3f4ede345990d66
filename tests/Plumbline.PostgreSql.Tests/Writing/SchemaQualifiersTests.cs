using Plumbline.PostgreSql.Writing;

namespace Plumbline.PostgreSql.Tests.Writing;

public sealed class SchemaQualifiersTests
{
    [Theory]
    [InlineData("ALTER TABLE app.\"User\" ADD COLUMN a app.kind;", "ALTER TABLE \"User\" ADD COLUMN a kind;")]
    [InlineData("SELECT 'app.x', $$app.x$$ FROM other.app, x.app.y -- app.z", "SELECT 'app.x', $$app.x$$ FROM other.app, x.app.y -- app.z")]
    [InlineData("ALTER TABLE app.app RENAME COLUMN app TO b;", "ALTER TABLE app RENAME COLUMN app TO b;")]
    public void Names_lose_the_schema(string sql, string expected) => Assert.Equal(expected, SchemaQualifiers.Without(sql, "app"));

    [Fact]
    public void A_quoted_schema_is_one_too() => Assert.Equal("DROP TABLE \"T\";", SchemaQualifiers.Without("DROP TABLE \"My App\".\"T\";", "My App"));
}
