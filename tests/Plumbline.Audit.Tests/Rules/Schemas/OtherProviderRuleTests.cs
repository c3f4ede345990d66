using Plumbline.Audit.Rules.Schemas;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class OtherProviderRuleTests
{
    [Fact]
    public void A_schema_for_mysql_is_named_and_left_out() =>
        RuleTest.For<OtherProviderRule>()
            .Provider("mysql")
            .Schema("""
                datasource db {
                  [|provider = "mysql"|]
                }
                """)
            .Expect("info: prisma/schema.prisma is for mysql and was not audited");

    [Fact]
    public void A_schema_for_postgresql_is_audited() =>
        RuleTest.For<OtherProviderRule>()
            .Schema("""
                datasource db {
                  provider = "postgresql"
                }
                """)
            .ExpectNothing();
}
