using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class CommentOnlyRuleTests
{
    [Fact]
    public void A_file_of_comments_is_found() =>
        RuleTest.For<CommentOnlyRule>()
            .Migration("2025_a", "[||]-- This is an empty migration.")
            .Expect("info: The migration 2025_a contains only comments");

    [Fact]
    public void An_empty_file_is_the_matter_of_another_rule() =>
        RuleTest.For<CommentOnlyRule>()
            .Migration("2025_a", "")
            .ExpectNothing();

    [Fact]
    public void A_statement_is_a_statement() =>
        RuleTest.For<CommentOnlyRule>()
            .Migration("2025_a", """
                -- one
                SELECT 1;
                """)
            .ExpectNothing();
}
