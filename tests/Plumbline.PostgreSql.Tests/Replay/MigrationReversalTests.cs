using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Replay;

/// <summary>Groups of migrations that are tried in the opposite order during a replay.</summary>
public sealed class MigrationReversalTests
{
    private static MigrationReversal Reverse(params string[] scripts)
    {
        MigrationSource[] history = [Source("before", "CREATE TABLE t (a int);"), .. scripts.Select((s, i) => Source("m" + i, s)), Source("after", "CREATE TABLE z (a int);")];
        var plain = MigrationReplay.Deploy(history);
        var replay = MigrationReplay.Deploy(history, groups: [new MigrationGroup(1, scripts.Length)]);

        // A trial leaves no trace: every statement of the history does what it does without it.
        Assert.Equal(plain.Outcomes.Select(o => (o.Kind, o.Error?.SqlState, o.Effects.Length)), replay.Outcomes.Select(o => (o.Kind, o.Error?.SqlState, o.Effects.Length)));
        Assert.Empty(Plumbline.Schema.Comparison.SchemaComparer.Compare(plain.Schema, replay.Schema).Changes);
        return Assert.Single(replay.Reversals);
    }

    private static MigrationSource Source(string name, string sql) => new(name, new SourceText(name + ".sql", sql));

    [Theory]
    [InlineData("CREATE TABLE a (x int);", "CREATE TABLE b (x int);")]
    [InlineData("ALTER TABLE t ADD COLUMN b int;", "CREATE INDEX i ON t (a);")]
    [InlineData("ALTER TABLE t ADD COLUMN b int;", "ALTER TABLE t ADD COLUMN c int;")]
    [InlineData("CREATE OR REPLACE VIEW v AS SELECT 1 AS a;", "CREATE OR REPLACE VIEW v AS SELECT 1 AS a;")]
    [InlineData("INSERT INTO t VALUES (1);", "UPDATE t SET a = 2;")]
    public void Migrations_that_come_to_the_same_database_in_both_orders(string first, string second) =>
        Assert.False(Reverse(first, second).Matters);

    [Theory]
    [InlineData("CREATE TABLE a (x int);", "ALTER TABLE a ADD COLUMN y int;", "42P01")]
    [InlineData("CREATE TABLE a (x int);", "CREATE INDEX i ON a (x);", "42P01")]
    [InlineData("CREATE VIEW v AS SELECT 1 AS x;", "DROP VIEW IF EXISTS v; CREATE VIEW v AS SELECT 2 AS y;", "42P07")]
    [InlineData("BEGIN; CREATE TABLE a (x int); COMMIT;", "BEGIN; DROP TABLE a; COMMIT;", "42P01")]
    public void A_statement_that_the_opposite_order_refuses(string first, string second, string sqlState)
    {
        var reversal = Reverse(first, second);
        Assert.True(reversal.IsRefusedInOppositeOrder);
        Assert.Equal(sqlState, reversal.Refused!.Error!.SqlState);
    }

    [Theory]
    [InlineData("ALTER TABLE t ALTER a SET DEFAULT 1;", "ALTER TABLE t ALTER a SET DEFAULT 2;", "t.a")]
    [InlineData("CREATE OR REPLACE VIEW v AS SELECT 1 AS a;", "CREATE OR REPLACE VIEW v AS SELECT 2 AS a;", "v")]
    [InlineData("CREATE TABLE IF NOT EXISTS n (a int);", "CREATE TABLE IF NOT EXISTS n (b text);", "public.n")]
    public void An_object_that_is_different_after_the_opposite_order(string first, string second, string different) =>
        Assert.Contains(different, Reverse(first, second).Different);

    [Fact]
    public void A_group_inside_an_open_transaction_is_not_tried() =>
        Assert.Empty(MigrationReplay.Deploy([Source("a", "BEGIN;"), Source("b", "SELECT 1;"), Source("c", "SELECT 2;")], groups: [new MigrationGroup(1, 2)]).Reversals);
}
