using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Indexes;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Indexes;

public sealed class BloatedRuleTests(PostgreSqlServer server)
{
    private const string Table = "CREATE TABLE notes (id int PRIMARY KEY, author int);\n";
    private const long MiB = 1024 * 1024;
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_index_that_is_mostly_empty_is_found_with_how_much_of_it()
    {
        var finding = Assert.Single(Test(Table + "[|CREATE INDEX notes_author_idx ON notes (author)|];").Expect("medium: About 30 MB of the index notes_author_idx on notes is empty"));

        Assert.Equal("The index takes 40 MB; about 500000 rows need 10 MB. 75 % (31457280 bytes) is empty, estimated from the planner's statistics.", finding.Message);
        Assert.Equal(new FindingFix(FixKind.Safe, "REINDEX INDEX CONCURRENTLY public.notes_author_idx;"), finding.Fix);
    }

    [Fact]
    public void That_of_a_key_is_found_too() =>
        Assert.Equal("notes_pkey", Assert.Single(Test(Table, name: "notes_pkey").Run().Findings).Subject.Name);

    [Theory]
    [InlineData(9 * MiB, MiB)]
    [InlineData(40 * MiB, 21 * MiB)]
    public void A_small_one_and_one_that_is_half_full_are_fine(long bytes, long needed) => Test(Table, bytes: bytes, needed: needed, name: "notes_pkey").ExpectNothing();

    [Fact]
    public void Where_the_estimate_cannot_be_made_nothing_is_reported() => Test(Table, needed: null, name: "notes_pkey").ExpectNothing();

    [Fact]
    public void A_table_that_was_not_analyzed_tells_nothing() => Test(Table, name: "notes_pkey", change: t => t with { LastAnalyzed = null }).ExpectNothing();

    [Fact]
    public void Statistics_from_before_a_large_load_tell_nothing() => Test(Table, name: "notes_pkey", change: t => t with { ChangedRows = 200_000 }).ExpectNothing();

    [Fact]
    public void An_index_of_the_platform_is_not_ours() => Test("CREATE TABLE others (id int PRIMARY KEY);", name: "notes_pkey").ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<BloatedRule>().Migration("2025_a", Table).ExpectNothing();

    [Fact]
    [Trait("needs", "server")]
    public async Task On_a_server_what_a_large_deletion_left_is_found_and_a_full_index_is_not()
    {
        using var database = server.CreateDatabase();
        database.Run("""
            CREATE TABLE notes (id int PRIMARY KEY, author uuid DEFAULT gen_random_uuid(), title text, kind text, at timestamptz DEFAULT now()) WITH (autovacuum_enabled = false);
            INSERT INTO notes (id, title, kind) SELECT i, repeat('x', i % 60), CASE WHEN i % 10 = 0 THEN repeat('long', 40) END FROM generate_series(1, 400000) i;
            CREATE INDEX notes_author_idx ON notes (author);
            CREATE INDEX notes_title_idx ON notes (title, id);
            CREATE INDEX notes_kind_idx ON notes (kind) WHERE kind IS NOT NULL;
            CREATE INDEX notes_lower_idx ON notes (lower(title), id);
            """);
        database.Run("ANALYZE notes");
        Assert.Equal("", await BloatedOnServer(database));

        database.Run("DELETE FROM notes WHERE id > 40000");
        database.Run("VACUUM notes");
        database.Run("ANALYZE notes");
        Assert.Equal("notes_author_idx notes_lower_idx notes_title_idx", await BloatedOnServer(database));

        database.Run("REINDEX INDEX CONCURRENTLY notes_author_idx");
        Assert.Equal("notes_lower_idx notes_title_idx", await BloatedOnServer(database));

        database.Run("DROP ROLE IF EXISTS onlooker_of_indexes; CREATE ROLE onlooker_of_indexes LOGIN");
        Assert.Equal("", await BloatedOnServer(database, "onlooker_of_indexes"));
    }

    private static async Task<string> BloatedOnServer(TestDatabase database, string? user = null)
    {
        Assert.True(DatabaseUrl.TryParse(database.Url, out var url, out _));
        var read = await CatalogReader.ReadAsync(user is null ? url : url with { User = user }, new CatalogOptions { WithStatistics = true }, TestContext.Current.CancellationToken);
        var test = RuleTest.For<BloatedRule>().Migration("2025_a", Table).Live("", live => live with { Snapshot = read });
        return string.Join(' ', test.Run().Findings.Select(f => f.Subject.Name).Order(StringComparer.Ordinal));
    }

    private static RuleTest Test(string sql, long bytes = 40 * MiB, long? needed = 10 * MiB, string name = "notes_author_idx", Func<TableStatistics, TableStatistics>? change = null)
    {
        var notes = new ObjectName("public", "notes");
        var table = new TableStatistics(notes, 500_000, 60 * MiB, Now.AddDays(-1), 0, 0) { LiveRows = 500_000, ChangedRows = 1_000 };
        var statistics = new CatalogStatistics
        {
            TakenAt = Now,
            Tables = [change?.Invoke(table) ?? table],
            Indexes = [new IndexStatistics(new ObjectName("public", name), notes, 5, bytes, IsValid: true, IsUnique: false) { NeededBytes = needed }],
        };
        return RuleTest.For<BloatedRule>().Migration("2025_a", sql).Live("", live => live with { Snapshot = live.Snapshot! with { Statistics = statistics } });
    }
}
