using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class EnvUndocumentedRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void A_variable_that_no_file_names_is_found() =>
        RuleTest.For<EnvUndocumentedRule>()
            .Schema("datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n  directUrl = [|env(\"DIRECT_URL\")|]\n}\n")
            .File(".env.example", "DATABASE_URL=\n# SHADOW_DIRECT_URL is another one\n")
            .Expect("low: DIRECT_URL is not documented");

    [Theory]
    [InlineData(".env.example", "# DATABASE_URL=postgresql://localhost/shop\n")]
    [InlineData("README.md", "Set `DATABASE_URL` first.\n")]
    [InlineData("docker-compose.yml", "environment:\n  - DATABASE_URL=${DATABASE_URL}\n")]
    public void Any_place_that_people_read_will_do(string path, string text) => RuleTest.For<EnvUndocumentedRule>().Schema(Schema).File(path, text).ExpectNothing();

    [Fact]
    public void Of_several_one_is_enough() =>
        RuleTest.For<EnvUndocumentedRule>().Schema("model A {\n  id Int @id\n}")
            .File("prisma.config.ts", "export default { datasource: { url: process.env.DIRECT_DATABASE_URL || process.env.DATABASE_URL } };\n")
            .File(".env.sample", "DATABASE_URL=\n")
            .ExpectNothing();

    [Fact]
    public void Where_nothing_asks_for_a_variable_none_is_missing() => RuleTest.For<EnvUndocumentedRule>().Schema("model A {\n  id Int @id\n}").ExpectNothing();
}
