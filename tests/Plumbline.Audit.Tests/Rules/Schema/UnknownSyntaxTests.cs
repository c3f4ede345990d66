using Plumbline.Audit.Rules.Schema;

namespace Plumbline.Audit.Tests.Rules.Schema;

public sealed class UnknownSyntaxTests
{
    [Fact]
    public void A_statement_that_only_means_something_is_no_reason_to_speak() =>
        RuleTest.For<UnknownSyntax>()
            .Migration("1_init", """
                CREATE TABLE "User" ("id" INTEGER PRIMARY KEY);
                SET statement_timeout = 0;
                """)
            .ExpectNothing();
}
