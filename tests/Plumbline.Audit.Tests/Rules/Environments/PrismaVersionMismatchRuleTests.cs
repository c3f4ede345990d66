using Plumbline.Audit.Rules.Environments;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class PrismaVersionMismatchRuleTests
{
    [Fact]
    public void Another_major_version_does_not_fit() =>
        RuleTest.For<PrismaVersionMismatchRule>()
            .File("package.json", """{ "dependencies": { "@prisma/client": [|"^5.22.0"|] }, "devDependencies": { "prisma": {|"^6.1.0"|} } }""")
            .Expect("medium: @prisma/client ^5.22.0 in package.json and prisma ^6.1.0 do not match");

    [Fact]
    public void Pinned_versions_must_be_the_same() =>
        RuleTest.For<PrismaVersionMismatchRule>()
            .File("package.json", """{ "dependencies": { "@prisma/adapter-pg": [|"6.16.1"|], "@prisma/client": "6.16.2" }, "devDependencies": { "prisma": {|"6.16.2"|} } }""")
            .Expect("medium: @prisma/adapter-pg 6.16.1 in package.json and prisma 6.16.2 do not match");

    [Fact]
    public void A_package_with_the_client_alone_is_held_against_the_root() =>
        RuleTest.For<PrismaVersionMismatchRule>()
            .File("package.json", """{ "devDependencies": { "prisma": {|"6.16.2"|} } }""")
            .File("apps/web/package.json", """{ "dependencies": { "@prisma/client": [|"5.0.0"|] } }""")
            .Expect("medium: @prisma/client 5.0.0 in apps/web/package.json and prisma 6.16.2 do not match");

    [Fact]
    public void A_client_that_nothing_generates_or_imports_is_unused() =>
        WithoutClient("""import { Kysely } from "kysely";""", "[|", "|]").Expect("low: @prisma/client in package.json is not used");

    [Fact]
    public void An_import_uses_the_client() =>
        Assert.StartsWith("@prisma/client 5.19.1 in package.json", Assert.Single(WithoutClient("import { Prisma } from '@prisma/client';", "", "").Run().Findings).Title);

    private static RuleTest WithoutClient(string code, string start, string end) =>
        RuleTest.For<PrismaVersionMismatchRule>()
            .Schema("""
                generator dbml {
                  provider = "prisma-dbml-generator"
                }

                model User {
                  id Int @id
                }
                """)
            .File("src/db.ts", code)
            .File("package.json", $$"""{ "dependencies": { "@prisma/client": {{start}}"5.19.1"{{end}} }, "devDependencies": { "prisma": "^5.22.0" } }""");

    [Theory]
    [InlineData("^6.1.0", "^6.19.0")]
    [InlineData("~6.1.3", "^6.1.0")]
    [InlineData("6.19.0", "^6.1.0")]
    [InlineData("workspace:*", "6.1.0")]
    [InlineData("latest", "5.0.0")]
    public void Ranges_that_can_meet_and_other_words_are_fine(string client, string cli) =>
        RuleTest.For<PrismaVersionMismatchRule>().File("package.json", $$"""{ "dependencies": { "@prisma/client": "{{client}}" }, "devDependencies": { "prisma": "{{cli}}" } }""").ExpectNothing();
}
