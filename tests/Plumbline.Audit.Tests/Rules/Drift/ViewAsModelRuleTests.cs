using Plumbline.Audit.Rules.Drift;

namespace Plumbline.Audit.Tests.Rules.Drift;

public sealed class ViewAsModelRuleTests
{
    private const string Model = """
        [|model Total|] {
          id Int @id
        }
        """;

    [Fact]
    public void A_view_in_the_place_of_a_table_is_reported_at_the_model() =>
        RuleTest.For<ViewAsModelRule>()
            .Schema(Model)
            .Migration("20250101000000_init", """CREATE VIEW "Total" AS SELECT 1 AS "id";""")
            .Expect("low: The model Total is backed by a view; declare it as view");

    [Fact]
    public void The_table_is_then_not_missing() =>
        RuleTest.For<MissingTableRule>()
            .Schema(Model.Replace("[|", "").Replace("|]", ""))
            .Migration("20250101000000_init", """CREATE VIEW "Total" AS SELECT 1 AS "id";""")
            .ExpectNothing();

    [Fact]
    public void A_table_is_fine() =>
        RuleTest.For<ViewAsModelRule>()
            .Schema(Model.Replace("[|", "").Replace("|]", ""))
            .Migration("20250101000000_init", """CREATE TABLE "Total" ("id" INTEGER NOT NULL, CONSTRAINT "Total_pkey" PRIMARY KEY ("id"));""")
            .ExpectNothing();
}
