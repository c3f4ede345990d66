using Plumbline.Audit.Rules.Security;

namespace Plumbline.Audit.Tests.Rules.Security;

public sealed class PublicGrantRuleTests
{
    private const string Tables = "[|CREATE TABLE users (id int PRIMARY KEY)|];\nCREATE TABLE notes (id int PRIMARY KEY);\n";

    [Fact]
    public void A_table_that_every_role_may_read_is_found() =>
        Test(Tables + "GRANT SELECT, UPDATE ON users TO PUBLIC;").Expect("medium: PUBLIC has SELECT, UPDATE on users");

    [Fact]
    public void The_same_on_several_tables_is_one_finding() =>
        Assert.Equal("PUBLIC has SELECT on 2 tables", Assert.Single(Test(Tables + "GRANT SELECT ON users TO PUBLIC; GRANT SELECT ON notes TO PUBLIC;").Run().Findings).Title);

    [Fact]
    public void A_schema_that_every_role_may_put_things_into_is_found() =>
        Test(Tables).Live("GRANT CREATE ON SCHEMA public TO PUBLIC;").ExpectNowhere("medium: Every role may create objects in the schema public");

    [Theory]
    [InlineData("")]
    [InlineData("CREATE ROLE reporting; GRANT SELECT ON users TO reporting;")]
    [InlineData("GRANT SELECT ON users TO PUBLIC; REVOKE SELECT ON users FROM PUBLIC;")]
    [InlineData("GRANT USAGE ON SCHEMA public TO PUBLIC;")]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION f() TO PUBLIC;")]
    [InlineData("CREATE SCHEMA platform; CREATE TABLE platform.files (id int); GRANT SELECT ON platform.files TO PUBLIC;")]
    public void What_a_role_of_its_own_has_and_what_every_database_has_is_fine(string sql) => Test(Tables).Live(sql).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() =>
        RuleTest.For<PublicGrantRule>().Migration("2025_a", Tables + "GRANT SELECT ON users TO PUBLIC;").ExpectNothing();

    private static RuleTest Test(string sql) => RuleTest.For<PublicGrantRule>().Migration("2025_a", sql).Live("");
}
