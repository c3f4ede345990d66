using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class PreviewFeatureGoneRuleTests
{
    [Fact]
    public void A_feature_that_is_generally_available_is_found() =>
        RuleTest.For<PreviewFeatureGoneRule>()
            .Schema("""
                [|generator client|] {
                  provider = "prisma-client-js"
                  previewFeatures = ["multiSchema", "views"]
                }
                """)
            .PrismaVersion(6, 14)
            .Expect("low: The preview feature multiSchema has been generally available since Prisma 6.13");

    [Fact]
    public void In_an_earlier_version_it_still_is_one() =>
        RuleTest.For<PreviewFeatureGoneRule>()
            .Schema("""
                generator client {
                  provider = "prisma-client-js"
                  previewFeatures = ["multiSchema"]
                }
                """)
            .PrismaVersion(5, 22)
            .ExpectNothing();

    [Fact]
    public void Where_the_version_is_not_known_nothing_is_reported() =>
        RuleTest.For<PreviewFeatureGoneRule>()
            .Schema("""
                generator client {
                  provider = "prisma-client-js"
                  previewFeatures = ["multiSchema"]
                }
                """)
            .ExpectNothing();
}
