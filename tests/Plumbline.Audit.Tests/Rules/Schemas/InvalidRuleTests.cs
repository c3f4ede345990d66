using Plumbline.Audit.Rules.Schemas;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class InvalidRuleTests
{
    [Fact]
    public void A_type_that_does_not_exist_is_refused_in_Prismas_words() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id   Int @id
                  role [|Roll|]
                }
                """)
            .Expect("""critical: Type "Roll" is neither a built-in type, nor refers to another model, composite type, or enum""");

    [Fact]
    public void Two_models_of_one_name_are_refused() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id Int @id
                }

                model [|User|] {
                  id Int @id
                }
                """)
            .Expect("""critical: The model "User" cannot be defined because a model with that name already exists""");

    [Fact]
    public void A_schema_that_Prisma_accepts_is_fine() =>
        RuleTest.For<InvalidRule>()
            .Schema("""
                model User {
                  id   Int  @id
                  role Role @default(USER)
                }

                enum Role {
                  USER
                }
                """)
            .ExpectNothing();

    [Theory]
    [InlineData(6, 12)]
    [InlineData(5, 22)]
    public void A_view_may_have_keys_up_to_Prisma_6_12(int major, int minor) => View("@@id([a, b])").PrismaVersion(major, minor).ExpectNothing();

    [Fact]
    public void A_view_may_not_have_keys_from_Prisma_6_13_on() => View("[|@@id([a, b])|]").PrismaVersion(6, 13).Expect("critical: Error validating: Views cannot have primary keys");

    [Fact]
    public void A_datasource_may_have_a_url_before_Prisma_7() => Datasource("url = env(\"DATABASE_URL\")").PrismaVersion(6, 19).ExpectNothing();

    [Fact]
    public void A_datasource_may_not_have_a_url_from_Prisma_7_on() =>
        Assert.StartsWith(
            "The datasource property `url` is no longer supported in schema files",
            Assert.Single(Datasource("[|url = env(\"DATABASE_URL\")|]").PrismaVersion(7, 4).Expect()).Title,
            StringComparison.Ordinal);

    [Fact]
    public void What_only_some_versions_refuse_is_fine_where_the_version_is_not_known()
    {
        View("@@id([a, b])").ExpectNothing();
        Datasource("url = env(\"DATABASE_URL\")").ExpectNothing();
    }

    private static RuleTest View(string attribute) =>
        RuleTest.For<InvalidRule>().Schema($"generator client {{\n  provider = \"prisma-client-js\"\n  previewFeatures = [\"views\"]\n}}\n\nview V {{\n  a Int\n  b Int\n\n  {attribute}\n}}");

    private static RuleTest Datasource(string property) => RuleTest.For<InvalidRule>().Schema($"datasource db {{\n  provider = \"postgresql\"\n  {property}\n}}");
}
