using Plumbline.Audit.Rules.Schemas;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class UnknownSyntaxRuleTests
{
    [Fact]
    public void What_was_left_out_of_the_replay_is_one_finding_with_all_its_places() =>
        RuleTest.For<UnknownSyntaxRule>()
            .Migration("1_init", """
                CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
                [|ALTER TABLE "User" OWNER TO :owner|];
                """)
            .Migration("2_next", """
                {|INSERT INTO "User" VALUES (:'id')|};
                """)
            .Expect("low: 2 statements of the migrations were not understood");

    [Fact]
    public void A_statement_that_only_means_something_is_no_reason_to_speak() =>
        RuleTest.For<UnknownSyntaxRule>()
            .Migration("1_init", """
                CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
                SET statement_timeout = 0;
                """)
            .ExpectNothing();
}
