using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class NoPoolLimitRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void A_hosted_server_has_so_many_connections_and_no_more() =>
        RuleTest.For<NoPoolLimitRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env.production", "[|DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop|]\n")
            .Expect("low: DATABASE_URL in .env.production sets no connection limit");

    [Theory]
    [InlineData("postgresql://app:secret@db.shop.dev/shop?connection_limit=5")]
    [InlineData("postgresql://app:secret@localhost/shop")]
    [InlineData("postgresql://app:secret@x.pooler.supabase.com:6543/postgres?pgbouncer=true")]
    public void A_limit_a_server_of_ones_own_and_a_pooler_are_fine(string url) =>
        RuleTest.For<NoPoolLimitRule>().Schema(Schema).PrismaVersion(6, 0).File(".env.production", $"DATABASE_URL={url}\n").ExpectNothing();

    [Fact]
    public void A_limit_that_the_code_sets_is_fine() =>
        RuleTest.For<NoPoolLimitRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env", "DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop\n")
            .File("lib/db-url.js", "const size = process.env.DB_POOL_SIZE ?? '10';\n")
            .ExpectNothing();

    [Fact]
    public void From_Prisma_7_on_the_driver_has_the_pool() =>
        RuleTest.For<NoPoolLimitRule>()
            .Schema(Schema)
            .PrismaVersion(7, 0)
            .File(".env", "DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop\n")
            .ExpectNothing();
}
