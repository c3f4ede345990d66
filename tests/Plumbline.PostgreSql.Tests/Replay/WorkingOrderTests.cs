using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Replay;

public sealed class WorkingOrderTests
{
    [Fact]
    public void A_migration_that_misses_what_a_later_one_makes_comes_behind_it()
    {
        var found = Find(
            "ALTER TABLE a ADD COLUMN b text; ALTER TABLE a RENAME TO c;",
            "CREATE TABLE a (id int PRIMARY KEY);",
            "CREATE TABLE d (x int REFERENCES c (id));");
        Assert.NotNull(found);
        Assert.Equal([1, 0, 2], found.Order);
        Assert.True(found.IsComplete);
        Assert.Equal(["id", "b"], found.Result.Schema.Tables.Single(t => t.Name.Name == "c").Columns.Select(c => c.Name));
    }

    [Fact]
    public void What_has_no_place_to_go_stays_where_it_is()
    {
        var found = Find("CREATE TABLE z (id int);", "CREATE INDEX ON b (id);", "CREATE TABLE y (id int);", "CREATE TABLE b (id int);");
        Assert.NotNull(found);
        Assert.Equal([0, 2, 3, 1], found.Order);
    }

    [Fact]
    public void A_history_that_succeeds_has_no_other_order() => Assert.Null(Find("CREATE TABLE a (id int);", "DROP TABLE a;"));

    [Fact]
    public void A_history_that_no_order_helps_has_none() => Assert.Null(Find("ALTER TABLE nowhere ADD COLUMN b int;", "CREATE TABLE a (id int);"));

    [Fact]
    public void Migrations_that_miss_each_other_end_in_the_better_order()
    {
        var found = Find("CREATE TABLE a (id int REFERENCES b (id));", "CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (x int); ALTER TABLE a ADD COLUMN y int;");
        Assert.NotNull(found);
        Assert.Equal([1, 0], found.Order);
        Assert.Equal(1, found.Result.RefusedCount);
    }

    private static WorkingOrder? Find(params string[] scripts) =>
        WorkingOrder.Find(MigrationReplay.Run(scripts.Select((s, i) => new MigrationSource($"m{i}", new SourceText($"m{i}/migration.sql", s)))));
}
