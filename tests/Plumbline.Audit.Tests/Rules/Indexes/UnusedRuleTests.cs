using Plumbline.Audit.Rules.Indexes;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;

namespace Plumbline.Audit.Tests.Rules.Indexes;

public sealed class UnusedRuleTests
{
    private const string Table = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE notes (id int PRIMARY KEY, author int, day date);\n";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_index_that_nothing_used_for_weeks_is_found_at_its_migration_with_how_long_it_was_counted()
    {
        var finding = Assert.Single(Test(Table + "[|CREATE INDEX notes_day_idx ON notes (day)|];").Expect("low: No query has used the index notes_day_idx on notes"));

        Assert.Equal("The server's statistics cover 30 days. The index takes 2 MB; the table has about 50000 rows.", finding.Message);
    }

    [Fact]
    public void One_that_was_used_is_fine() => Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", scans: 1).ExpectNothing();

    [Fact]
    public void Six_days_of_counting_are_too_few() => Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", days: 6).ExpectNothing();

    [Fact]
    public void Since_an_unknown_time_the_start_of_the_server_counts() =>
        Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", change: s => s with { CountingSince = null, ServerStartedAt = Now.AddDays(-2) }).ExpectNothing();

    [Fact]
    public void Since_an_unknown_time_on_a_server_of_unknown_age_nothing_is_reported() =>
        Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", change: s => s with { CountingSince = null }).ExpectNothing();

    [Fact]
    public void A_small_table_is_read_from_end_to_end_whatever_its_indexes() => Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", rows: 900).ExpectNothing();

    [Fact]
    public void On_a_table_that_nothing_reads_the_index_is_not_the_point() => Test(Table + "CREATE INDEX notes_day_idx ON notes (day);", reads: 0).ExpectNothing();

    [Fact]
    public void A_unique_index_guards_even_where_nothing_reads_it() => Test(Table + "CREATE UNIQUE INDEX notes_day_idx ON notes (day);").ExpectNothing();

    [Fact]
    public void An_index_behind_a_foreign_key_serves_deletes() =>
        Test(Table + "ALTER TABLE notes ADD FOREIGN KEY (author) REFERENCES users (id); CREATE INDEX notes_day_idx ON notes (author, day);").ExpectNothing();

    [Fact]
    public void An_index_of_this_week_had_no_time_to_be_used() =>
        Test(Table + "CREATE INDEX notes_day_idx ON notes (day);").Applied(row => row with { FinishedAt = Now.AddDays(-3) }).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<UnusedRule>().Migration("2025_a", Table + "CREATE INDEX notes_day_idx ON notes (day);").ExpectNothing();

    private static RuleTest Test(string sql, long scans = 0, int days = 30, long rows = 50_000, long reads = 12, Func<CatalogStatistics, CatalogStatistics>? change = null)
    {
        var notes = new ObjectName("public", "notes");
        var statistics = new CatalogStatistics
        {
            TakenAt = Now,
            CountingSince = Now.AddDays(-days),
            Tables = [new TableStatistics(notes, rows, 8_000_000, Now, 0, 0)],
            Indexes =
            [
                new IndexStatistics(new ObjectName("public", "notes_day_idx"), notes, scans, 2_097_152, IsValid: true, IsUnique: false),
                new IndexStatistics(new ObjectName("public", "notes_pkey"), notes, reads, 2_097_152, IsValid: true, IsUnique: true),
            ],
        };
        return RuleTest.For<UnusedRule>().Migration("2025_a", sql).Live("", live => live with { Snapshot = live.Snapshot! with { Statistics = change?.Invoke(statistics) ?? statistics } });
    }
}
