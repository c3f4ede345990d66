using Plumbline.Audit.Rules.Code;

namespace Plumbline.Audit.Tests.Rules.Code;

public sealed class UnusedEnumRuleTests
{
    private const string Model = """
        model Order {
          id     Int    @id
          status String
        }
        """;

    [Fact]
    public void An_enum_that_no_field_has_as_its_type_is_found() =>
        Assert.Equal(
            "No model, view or type has a field of this type.",
            Assert.Single(RuleTest.For<UnusedEnumRule>().Schema($"[|enum Status|] {{\n  OPEN\n  PAID\n}}\n{Model}").Expect("low: No field uses the enum Status")).Message);

    [Fact]
    public void Several_are_one_finding()
    {
        var findings = RuleTest.For<UnusedEnumRule>()
            .Schema($"[|enum Status|] {{\n  OPEN\n}}\n[|enum Kind|] {{\n  A\n}}\n{Model}")
            .Migration("2025_a", "CREATE TYPE \"Status\" AS ENUM ('OPEN');")
            .Expect("low: No field uses 2 enums");

        Assert.Equal("No model, view or type has a field of these types, and no table that the migrations create has a column of them.", Assert.Single(findings).Message);
    }

    [Theory]
    [InlineData("CREATE TYPE \"Status\" AS ENUM ('OPEN');", "The migrations create a type")]
    [InlineData("CREATE TABLE a (id int);", "The next migration creates a type")]
    public void The_impact_says_where_the_type_comes_from(string migration, string impact) =>
        Assert.StartsWith(
            impact,
            Assert.Single(RuleTest.For<UnusedEnumRule>().Schema($"[|enum Status|] {{\n  OPEN\n}}\n{Model}").Migration("2025_a", migration).Expect()).Impact,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("model A {\n  id Int @id\n  status Status\n}")]
    [InlineData("model A {\n  id Int @id\n  status Status?\n}")]
    [InlineData("model A {\n  id Int @id\n  status Status[]\n}")]
    [InlineData("model A {\n  id Int @id\n  status Status @ignore\n}")]
    [InlineData("model A {\n  id Int @id\n  status Status\n\n  @@ignore\n}")]
    public void A_field_uses_it_alone_or_as_a_list(string model) => RuleTest.For<UnusedEnumRule>().Schema($"enum Status {{\n  OPEN\n}}\n{model}").ExpectNothing();

    [Fact]
    public void A_view_uses_it_too() =>
        RuleTest.For<UnusedEnumRule>()
            .Schema("generator client {\n  provider = \"prisma-client-js\"\n  previewFeatures = [\"views\"]\n}\nenum Status {\n  OPEN\n}\nview V {\n  id Int @unique\n  status Status\n}")
            .ExpectNothing();

    [Fact]
    public void A_field_in_another_file_uses_it() =>
        RuleTest.For<UnusedEnumRule>()
            .Schema("enum Status {\n  OPEN\n}", "prisma/schema/enums.prisma")
            .Schema("model A {\n  id Int @id\n  status Status\n}", "prisma/schema/models.prisma")
            .ExpectNothing();

    [Fact]
    public void A_column_without_a_field_uses_its_type() =>
        RuleTest.For<UnusedEnumRule>()
            .Schema($"enum Status {{\n  OPEN\n\n  @@map(\"order_status\")\n}}\n{Model}")
            .Migration("2025_a", "CREATE TYPE order_status AS ENUM ('OPEN'); CREATE TABLE audit (id int, status order_status[]);")
            .ExpectNothing();

    [Fact]
    public void A_column_of_the_live_database_uses_its_type() =>
        RuleTest.For<UnusedEnumRule>()
            .Schema($"enum Status {{\n  OPEN\n}}\n{Model}")
            .Migration("2025_a", "CREATE TYPE \"Status\" AS ENUM ('OPEN');")
            .Live("CREATE TABLE audit (id int, status \"Status\");")
            .ExpectNothing();

    [Fact]
    public void An_external_enum_is_somebody_elses() =>
        RuleTest.For<UnusedEnumRule>().Schema($"enum Status {{\n  OPEN\n}}\n{Model}").ExternalEnums("public.Status").ExpectNothing();

    [Fact]
    public void In_a_schema_with_errors_the_field_may_be_what_cannot_be_read() =>
        RuleTest.For<UnusedEnumRule>().Schema($"enum Status {{\n  OPEN\n}}\nmodel A {{\n  id Int @id\n  status Stat\n}}\n").ExpectNothing();
}
