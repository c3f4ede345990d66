using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class EmptyRuleTests
{
    [Fact]
    public void A_file_without_content_is_found() =>
        RuleTest.For<EmptyRule>()
            .Migration("2025_a", "[||] ")
            .Expect("low: The migration 2025_a is empty");

    [Fact]
    public void Comments_are_the_matter_of_another_rule() =>
        RuleTest.For<EmptyRule>()
            .Migration("2025_a", "-- nothing")
            .ExpectNothing();
}
