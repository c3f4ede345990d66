using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class PoolerWithoutPgbouncerFlagRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Theory]
    [InlineData("aws-0-eu-central-1.pooler.supabase.com:6543", "Supabase's pooler")]
    [InlineData("db-1.c.db.ondigitalocean.com:25061", "DigitalOcean's pooler")]
    [InlineData("db.shop.dev:6432", "PgBouncer")]
    public void A_pooler_of_transactions_needs_the_flag(string host, string name) =>
        RuleTest.For<PoolerWithoutPgbouncerFlagRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env.example", $"[|DATABASE_URL=postgresql://app:secret@{host}/shop|]\n")
            .Expect($"medium: DATABASE_URL in .env.example uses {name} without pgbouncer=true");

    [Theory]
    [InlineData("x.pooler.supabase.com:6543/postgres?pgbouncer=true")]
    [InlineData("x.pooler.supabase.com:5432/postgres")]
    [InlineData("ep-cool-1-pooler.eu-central-1.aws.neon.tech/shop")]
    [InlineData("db.shop.dev:6432/shop?statement_cache_size=0")]
    [InlineData("db.shop.dev:5432/shop")]
    public void With_the_flag_and_without_such_a_pooler_nothing_is_said(string rest) =>
        RuleTest.For<PoolerWithoutPgbouncerFlagRule>()
            .Schema(Schema)
            .PrismaVersion(6, 0)
            .File(".env", $"DATABASE_URL=postgresql://app:secret@{rest}\n")
            .ExpectNothing();

    [Fact]
    public void The_direct_url_goes_past_the_pooler_whatever_its_port() =>
        RuleTest.For<PoolerWithoutPgbouncerFlagRule>()
            .Schema(Schema)
            .PrismaVersion(6, 0)
            .File(".env", "DIRECT_URL=postgresql://app:secret@db.shop.dev:6432/shop\n")
            .ExpectNothing();

    [Fact]
    public void Prisma_7_prepares_nothing_by_name() =>
        RuleTest.For<PoolerWithoutPgbouncerFlagRule>()
            .Schema(Schema)
            .PrismaVersion(7, 0)
            .File(".env", "DATABASE_URL=postgresql://app:secret@db.shop.dev:6432/shop\n")
            .ExpectNothing();
}
