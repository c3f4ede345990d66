using Plumbline.Audit.Rules.Security;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Tests.Rules.Security;

public sealed class SuperuserConnectionRuleTests
{
    [Fact]
    public void A_superuser_on_a_server_of_others_is_found() =>
        Test("postgresql://postgres@db.shop.dev/app", isSuperuser: true).ExpectNowhere("medium: The URL of the database app logs in as the superuser postgres");

    [Theory]
    [InlineData("postgresql://postgres@localhost/app")]
    [InlineData("postgresql://postgres@127.0.0.1:5433/app")]
    public void On_the_same_machine_the_severity_is_info(string url) => Test(url, isSuperuser: true).ExpectNowhere("info: The URL of the database app logs in as the superuser postgres");

    [Fact]
    public void Another_role_is_fine_whatever_its_name() => Test("postgresql://postgres@db.shop.dev/app", isSuperuser: false).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<SuperuserConnectionRule>().Migration("2025_a", "CREATE TABLE a (id int);").ExpectNothing();

    private static RuleTest Test(string url, bool isSuperuser)
    {
        Assert.True(DatabaseUrl.TryParse(url, out var parsed, out _));
        return RuleTest.For<SuperuserConnectionRule>().Migration("2025_a", "CREATE TABLE a (id int);")
            .Live("", live => live with { Url = parsed, Snapshot = live.Snapshot! with { Server = live.Snapshot.Server with { Role = "postgres", IsSuperuser = isSuperuser } } });
    }
}
