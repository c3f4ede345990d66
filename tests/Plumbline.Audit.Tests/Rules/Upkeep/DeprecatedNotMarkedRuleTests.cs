using Plumbline.Audit.Rules.Upkeep;

namespace Plumbline.Audit.Tests.Rules.Upkeep;

public sealed class DeprecatedNotMarkedRuleTests
{
    [Fact]
    public void A_plain_comment_does_not_reach_the_client() =>
        RuleTest.For<DeprecatedNotMarkedRule>()
            .Schema("""
                model User {
                  id Int @id
                  [|plan String? // deprecated, use subscription|]
                }
                """)
            .Expect();

    [Fact]
    public void A_documentation_comment_does() =>
        RuleTest.For<DeprecatedNotMarkedRule>()
            .Schema("""
                model User {
                  id Int @id
                  /// @deprecated Use subscription.
                  plan String? // deprecated
                }
                """)
            .ExpectNothing();

    [Fact]
    public void Other_comments_are_fine() =>
        RuleTest.For<DeprecatedNotMarkedRule>()
            .Schema("""
                model User {
                  id Int @id
                  plan String? // see https://example.org/deprecation
                }
                """)
            .ExpectNothing();
}
