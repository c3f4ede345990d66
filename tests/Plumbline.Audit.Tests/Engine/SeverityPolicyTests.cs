using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Migrations;
using Plumbline.Audit.Tests.Rules;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Tests.Engine;

/// <summary>What a live database knows of a pending migration's tables weighs what is said about it.</summary>
public sealed class SeverityPolicyTests
{
    private const string Table = "CREATE TABLE t (id int PRIMARY KEY, a text, b int);";
    private const string Index = "[|CREATE INDEX t_a_idx ON t (a)|];";

    [Fact]
    public void What_a_database_has_not_yet_applied_is_advice() =>
        Test<IndexNotConcurrentRule>(Index, rows: 50_000).Expect("medium: The index t_a_idx on t is created without CONCURRENTLY");

    [Fact]
    public void On_a_small_table_it_is_of_little_severity_and_says_why() =>
        Assert.Equal(
            "The statement is in the migration 2025_b. In the live database, the table has only about 40 rows.",
            Assert.Single(Test<IndexNotConcurrentRule>(Index, rows: 40).Expect("low: The index t_a_idx on t is created without CONCURRENTLY")).Message);

    [Fact]
    public void Rows_that_came_since_the_last_analyze_count() => Test<IndexNotConcurrentRule>(Index, rows: 40, live: 90_000).Expect("medium: The index t_a_idx on t is created without CONCURRENTLY");

    [Fact]
    public void A_table_without_statistics_may_be_large() => Test<IndexNotConcurrentRule>(Index, rows: null).Expect("medium: The index t_a_idx on t is created without CONCURRENTLY");

    [Fact]
    public void A_required_column_fails_with_the_first_row()
    {
        Test<AddRequiredColumnRule>("ALTER TABLE t [|ADD COLUMN c int NOT NULL|];", rows: 40).Expect("high: The required column t.c is added without a default");
        Test<AddRequiredColumnRule>("ALTER TABLE t [|ADD COLUMN c int NOT NULL|];", rows: 0).Expect("low: The required column t.c is added without a default");
    }

    [Fact]
    public void What_does_harm_whatever_the_rows_stays_as_it_is() =>
        Assert.Equal(Severity.High, Assert.Single(Test<DropColumnRule>("ALTER TABLE t DROP COLUMN b;", rows: 0).Run().Findings).Severity);

    [Fact]
    public void On_a_database_that_has_none_of_it_yet_nothing_is_in_the_way() =>
        RuleTest.For<DropColumnRule>().Migration("2025_a", Table).Migration("2025_b", "ALTER TABLE t DROP COLUMN b;")
            .Live("", live => live with { Snapshot = live.Snapshot! with { Schema = DatabaseSchema.Empty }, History = live.History! with { Rows = [] } }).ExpectNothing();

    [Fact]
    public void A_database_without_a_history_says_nothing_of_what_is_pending() =>
        Assert.Equal(
            Severity.Info,
            Assert.Single(RuleTest.For<IndexNotConcurrentRule>().Migration("2025_a", Table).Migration("2025_b", "CREATE INDEX t_a_idx ON t (a);").Live("", live => live with { History = live.History! with { Rows = null } }).Run().Findings).Severity);

    private static RuleTest Test<TRule>(string sql, long? rows, long live = 0)
        where TRule : Rule, new() =>
        RuleTest.For<TRule>().Migration("2025_a", Table).Migration("2025_b", sql)
            .Live("", database => database with
            {
                Snapshot = database.Snapshot! with
                {
                    Statistics = new CatalogStatistics
                    {
                        TakenAt = DateTimeOffset.UnixEpoch,
                        Tables = [new TableStatistics(new ObjectName("public", "t"), rows, 0, null, 0, 0) { LiveRows = live }],
                    },
                },
            }).LiveWithout("2025_b");
}
