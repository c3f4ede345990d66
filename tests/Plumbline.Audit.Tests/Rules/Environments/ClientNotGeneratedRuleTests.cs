using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class ClientNotGeneratedRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    private const string Generator = "generator client {\n  provider = \"prisma-client\"\n  output = \"../src/generated\"\n}";

    [Fact]
    public void A_client_that_nothing_generates_is_found() =>
        RuleTest.For<ClientNotGeneratedRule>().Schema(Generator.Replace("generator client", "[|generator client|]", StringComparison.Ordinal)).File("package.json", """{ "scripts": { "build": "next build" } }""").Expect("low: Nothing runs prisma generate for the client of app");

    [Theory]
    [InlineData("package.json", """{ "scripts": { "postinstall": "prisma generate" } }""")]
    [InlineData("Dockerfile", "RUN npx prisma generate\n")]
    [InlineData(".github/workflows/ci.yml", "steps:\n  - run: npx prisma generate --schema prisma\n")]
    [InlineData("scripts/build.mjs", "execSync('npx prisma generate')")]
    [InlineData("src/generated/client.ts", "export {}")]
    public void What_generates_it_may_stand_anywhere(string path, string text) =>
        RuleTest.For<ClientNotGeneratedRule>().Schema(Generator).File("web/package.json", "{}").File(path, text).ExpectNothing();

    [Fact]
    public void The_client_in_node_modules_generates_itself() =>
        RuleTest.For<ClientNotGeneratedRule>()
            .Schema("generator client {\n  provider = \"prisma-client-js\"\n}")
            .PrismaVersion(6, 0)
            .File("package.json", "{}")
            .ExpectNothing();

    [Fact]
    public void Other_generators_are_no_client() =>
        RuleTest.For<ClientNotGeneratedRule>().Schema("generator docs {\n  provider = \"prisma-docs-generator\"\n}").File("package.json", "{}").ExpectNothing();
}
