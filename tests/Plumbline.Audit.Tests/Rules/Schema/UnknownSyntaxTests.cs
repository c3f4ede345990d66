using Plumbline.Audit.Rules.Schema;

namespace Plumbline.Audit.Tests.Rules.Schema;

public sealed class UnknownSyntaxTests
{
    [Fact]
    public void What_was_left_out_of_the_replay_is_one_finding_with_all_its_places() =>
        RuleTest.For<UnknownSyntax>()
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
        RuleTest.For<UnknownSyntax>()
            .Migration("1_init", """
                CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
                SET statement_timeout = 0;
                """)
            .ExpectNothing();
}
