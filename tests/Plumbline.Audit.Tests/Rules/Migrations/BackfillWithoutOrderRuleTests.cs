using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class BackfillWithoutOrderRuleTests
{
    private const string Tables = "CREATE TABLE \"t\" (\"id\" INT, \"a\" INT); CREATE TABLE \"u\" (\"id\" INT, \"t\" INT);";

    [Fact]
    public void A_value_of_whichever_row_comes_first_is_found() =>
        RuleTest.For<BackfillWithoutOrderRule>()
            .Migration("2025_a", Tables)
            .Migration("2025_b", "UPDATE \"t\" SET \"a\" = COALESCE(([|SELECT \"id\" FROM \"u\" WHERE \"u\".\"t\" = \"t\".\"id\" LIMIT 1|]), 0);")
            .Pending("2025_b")
            .Expect("medium: The backfill of t takes values from a query with LIMIT and without ORDER BY");

    [Fact]
    public void Rows_that_are_copied_up_to_a_limit_are_found() =>
        RuleTest.For<BackfillWithoutOrderRule>()
            .Migration("2025_a", Tables)
            .Migration("2025_b", "INSERT INTO \"u\" (\"id\") [|SELECT \"id\" FROM \"t\" LIMIT 10|];")
            .Pending("2025_b")
            .Expect("medium: The backfill of u takes values from a query with LIMIT and without ORDER BY");

    [Fact]
    public void An_order_decides() =>
        RuleTest.For<BackfillWithoutOrderRule>()
            .Migration("2025_a", Tables)
            .Migration("2025_b", "UPDATE \"t\" SET \"a\" = (SELECT \"id\" FROM \"u\" WHERE \"u\".\"t\" = \"t\".\"id\" ORDER BY \"id\" LIMIT 1);")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void A_batch_may_take_any_rows() =>
        RuleTest.For<BackfillWithoutOrderRule>()
            .Migration("2025_a", Tables)
            .Migration("2025_b", "UPDATE \"t\" SET \"a\" = 1 WHERE \"id\" IN (SELECT \"id\" FROM \"t\" WHERE \"a\" IS NULL LIMIT 1000);")
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<BackfillWithoutOrderRule>("UPDATE \"t\" SET \"c\" = ([|SELECT \"id\" FROM \"u\" LIMIT 1|])", "medium: The backfill of t takes values from a query with LIMIT and without ORDER BY");
}
