using Plumbline.Audit.Rules.Schema;

namespace Plumbline.Audit.Tests.Rules.Schema;

public sealed class OtherProviderTests
{
    [Fact]
    public void A_schema_for_mysql_is_named_and_left_out() =>
        RuleTest.For<OtherProvider>()
            .Provider("mysql")
            .Schema("""
                datasource db {
                  [|provider = "mysql"|]
                }
                """)
            .Expect("info: prisma/schema.prisma is for mysql and was left out");

    [Fact]
    public void A_schema_for_postgresql_is_audited() =>
        RuleTest.For<OtherProvider>()
            .Schema("""
                datasource db {
                  provider = "postgresql"
                }
                """)
            .ExpectNothing();
}
