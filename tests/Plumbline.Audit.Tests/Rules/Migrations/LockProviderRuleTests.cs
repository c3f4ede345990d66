using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class LockProviderRuleTests
{
    [Fact]
    public void Another_provider_stops_Prisma() =>
        RuleTest.For<LockProviderRule>()
            .Schema("datasource db {\n  {|provider = \"postgresql\"|}\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .Lock("[|provider = \"sqlite\"|]")
            .Expect("high: prisma/migrations/migration_lock.toml names the provider sqlite, but the schema names postgresql");

    [Fact]
    public void Postgres_and_postgresql_are_the_same() =>
        RuleTest.For<LockProviderRule>()
            .Schema("datasource db {\n  provider = \"postgresql\"\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .Lock("provider = \"postgres\"")
            .ExpectNothing();
}
