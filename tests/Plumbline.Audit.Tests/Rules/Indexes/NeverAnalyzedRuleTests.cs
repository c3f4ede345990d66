using Plumbline.Audit.Rules.Indexes;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Tests.Rules.Indexes;

public sealed class NeverAnalyzedRuleTests
{
    private const string Parts = "CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_partitioned_table_that_nobody_analyzes_is_found_with_how_long_it_was_counted()
    {
        var finding = Assert.Single(Test("[|CREATE TABLE events (day date) PARTITION BY RANGE (day)|];\n" + Parts).Expect("low: The table events has about 50000 rows and has not been analyzed"));

        Assert.Equal("The server's statistics cover 30 days without an ANALYZE of the table. Autovacuum does not analyze partitioned tables.", finding.Message);
    }

    [Fact]
    public void A_table_whose_autovacuum_is_off_is_found() =>
        Test("[|CREATE TABLE events (day date) WITH (autovacuum_enabled = false)|];", rows: 20_000).Expect("low: The table events has about 20000 rows and has not been analyzed");

    [Fact]
    public void A_table_that_autovacuum_will_come_to_is_fine() => Test("CREATE TABLE events (day date);", rows: 20_000).ExpectNothing();

    [Fact]
    public void One_that_was_analyzed_by_hand_is_fine() =>
        Test("CREATE TABLE events (day date) WITH (autovacuum_enabled = false);", rows: 20_000, analyzed: Now.AddDays(-1)).ExpectNothing();

    [Fact]
    public void A_small_one_is_fine() => Test("CREATE TABLE events (day date) WITH (autovacuum_enabled = false);", rows: 900).ExpectNothing();

    [Fact]
    public void Partitions_with_few_rows_are_fine() => Test("CREATE TABLE events (day date) PARTITION BY RANGE (day);\n" + Parts, partRows: 40).ExpectNothing();

    [Fact]
    public void Six_days_of_counting_are_too_few() => Test("CREATE TABLE events (day date) PARTITION BY RANGE (day);\n" + Parts, days: 6).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<NeverAnalyzedRule>().Migration("2025_a", "CREATE TABLE events (day date) PARTITION BY RANGE (day);").ExpectNothing();

    private static RuleTest Test(string sql, long? rows = null, long partRows = 50_000, int days = 30, DateTimeOffset? analyzed = null) =>
        RuleTest.For<NeverAnalyzedRule>().Migration("2025_a", sql).Live("", live => live with
        {
            Snapshot = live.Snapshot! with
            {
                Statistics = new CatalogStatistics
                {
                    TakenAt = Now,
                    CountingSince = Now.AddDays(-days),
                    Tables =
                    [
                        new TableStatistics(new ObjectName("public", "events"), rows, 0, analyzed, 0, 0),
                        new TableStatistics(new ObjectName("public", "events_2025"), partRows, 8_000_000, Now, 0, 0),
                    ],
                },
            },
        });
}
