using Plumbline.Audit.Rules.Migration;

namespace Plumbline.Audit.Tests.Rules.Migration;

public sealed class LockProviderTests
{
    [Fact]
    public void Another_provider_stops_Prisma() =>
        RuleTest.For<LockProvider>()
            .Schema("datasource db {\n  {|provider = \"postgresql\"|}\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .Lock("[|provider = \"sqlite\"|]")
            .Expect("high: prisma/migrations/migration_lock.toml names the provider sqlite, the schema postgresql");

    [Fact]
    public void Postgres_and_postgresql_are_the_same() =>
        RuleTest.For<LockProvider>()
            .Schema("datasource db {\n  provider = \"postgresql\"\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .Lock("provider = \"postgres\"")
            .ExpectNothing();
}
