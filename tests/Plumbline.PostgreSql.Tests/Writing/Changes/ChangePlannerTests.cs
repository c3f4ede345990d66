using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Writing.Changes;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Writing.Changes;

/// <summary>Plans for a part of a comparison: what several changes need, the plan for each has.</summary>
public sealed class ChangePlannerTests
{
    [Fact]
    public void A_view_in_the_way_of_two_columns_is_in_the_plan_for_either_and_once_in_that_for_both()
    {
        var comparison = Compare(
            "CREATE TABLE t (a TEXT, b TEXT, c TEXT); CREATE VIEW v AS SELECT a, b FROM t;",
            "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER); CREATE VIEW v AS SELECT a, b FROM t;");
        var planner = new ChangePlanner(comparison);
        var columns = comparison.Changes.Where(c => c.Kind == ChangeKind.AlterColumnType).ToList();
        Assert.Equal([["DROP VIEW", "a", "CREATE VIEW"], ["DROP VIEW", "b", "CREATE VIEW"], ["c"]], columns.Select(c => Shape(planner.Plan([c]))));
        Assert.Equal(["DROP VIEW", "a", "b", "CREATE VIEW"], Shape(planner.Plan(columns.Take(2))));
        Assert.False(planner.AreEntangled([columns[2]]));
    }

    [Fact]
    public void The_column_that_a_foreign_key_refers_to_changes_with_it()
    {
        var comparison = Compare(
            "CREATE TABLE u (id TEXT PRIMARY KEY); CREATE TABLE t (a TEXT REFERENCES u, b TEXT);",
            "CREATE TABLE u (id UUID PRIMARY KEY); CREATE TABLE t (a UUID REFERENCES u, b UUID);");
        var planner = new ChangePlanner(comparison);
        string[] both = ["ALTER TABLE public.t DROP CONSTRAINT t_a_fkey", "ALTER TABLE public.t ALTER COLUMN a", "ALTER TABLE public.u ALTER COLUMN id", "ALTER TABLE public.t ADD CONSTRAINT t_a_fkey"];
        foreach (var change in comparison.Changes.Where(c => c.Subject.ToString() is "t.a" or "u.id"))
        {
            var plan = planner.Plan([change]);
            Assert.Equal(both.Length, plan.Length);
            Assert.All(plan.Zip(both), pair => Assert.StartsWith(pair.Second, pair.First.Sql, StringComparison.Ordinal));
        }

        Assert.Single(planner.Plan(comparison.Changes.Where(c => c.Subject.ToString() == "t.b")));
    }

    [Fact]
    public void A_unique_constraint_that_has_another_name_as_Prismas_index_is_only_renamed()
    {
        var before = Schema("CREATE TABLE t (a TEXT, CONSTRAINT old UNIQUE (a));");
        var index = new Plumbline.Schema.Model.Index { Name = "t_a_key", IsUnique = true, Keys = [new IndexKey { Column = "a" }] };
        var to = before with { Source = SourceKind.Prisma, Tables = [before.Tables[0] with { UniqueConstraints = [], Indexes = [index] }] };
        var statement = Assert.Single(ChangeWriter.Plan(SchemaComparer.Compare(before, to)));
        Assert.Equal(("ALTER TABLE public.t RENAME CONSTRAINT old TO t_a_key", ChangeSafety.Safe, null), (statement.Sql, statement.Safety, statement.Note));
    }

    [Theory]
    [InlineData("CREATE TABLE u (id INT PRIMARY KEY); CREATE UNIQUE INDEX i ON u (id);", 1)]
    [InlineData("CREATE TABLE u (id INT NOT NULL); CREATE UNIQUE INDEX i ON u (id); ALTER TABLE u ADD PRIMARY KEY (id);", 3)]
    public void A_foreign_key_makes_way_only_for_the_index_that_it_depends_on(string table, int statements)
    {
        const string ForeignKey = "CREATE TABLE t (a INT REFERENCES u (id));";
        var plan = ChangeWriter.Plan(Compare(table + ForeignKey, table + ForeignKey + "ALTER TABLE t DROP CONSTRAINT t_a_fkey; DROP INDEX i; ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u (id);"));
        Assert.Equal(statements, plan.Length);
        Assert.Contains(plan, s => s.Sql == "DROP INDEX public.i");
    }

    [Fact]
    public void A_table_that_is_created_has_no_rows_to_clean_up()
    {
        var plan = ChangeWriter.Plan(Compare("", "CREATE TABLE u (id INT PRIMARY KEY, a INT UNIQUE, CHECK (a > 0)); CREATE TABLE t (a INT REFERENCES u, b INT); CREATE UNIQUE INDEX ON t (b);"));
        Assert.All(plan, s => Assert.Equal((ChangeSafety.Safe, null), (s.Safety, s.Note)));
    }

    [Fact]
    public void A_role_is_created_where_a_statement_names_it()
    {
        var comparison = Compare("CREATE TABLE t (a INT); CREATE TABLE u (a INT);", "CREATE ROLE reader; CREATE TABLE t (a INT); GRANT SELECT ON t TO reader; CREATE TABLE u (a BIGINT);");
        var planner = new ChangePlanner(comparison);
        Assert.Contains(planner.Plan(comparison.Changes.Where(c => c.Kind is ChangeKind.AddGrant or ChangeKind.AlterGrant)), s => s.Sql.Contains("CREATE ROLE", StringComparison.Ordinal));
        Assert.DoesNotContain(planner.Plan(comparison.Changes.Where(c => c.Kind == ChangeKind.AlterColumnType)), s => s.Sql.Contains("CREATE ROLE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("CREATE TABLE t (id INT, a TEXT UNIQUE, b TEXT); CREATE INDEX i ON t (a, b);", "CREATE TABLE t (id INT, b TEXT);", "ALTER TABLE, DROP INDEX, ALTER TABLE")]
    [InlineData("CREATE TABLE t (id INT, a TEXT); CREATE VIEW v AS SELECT a FROM t;", "CREATE TABLE t (id INT);", "DROP VIEW, ALTER TABLE")]
    public void What_goes_with_a_column_does_not_come_again(string from, string to, string statements)
    {
        var comparison = Compare(from, to);
        var plan = new ChangePlanner(comparison).Plan(comparison.Changes.Where(c => c.Kind == ChangeKind.DropColumn));
        Assert.Equal(statements, string.Join(", ", plan.Select(s => string.Join(' ', s.Sql.Split(' ').Take(2)))));
    }

    [Theory]
    [InlineData("a TEXT UNIQUE", ChangeKind.AddUnique, ChangeSafety.Safe)]
    [InlineData("a INT REFERENCES u", ChangeKind.AddForeignKey, ChangeSafety.Safe)]
    [InlineData("a TEXT DEFAULT 'x' UNIQUE", ChangeKind.AddUnique, ChangeSafety.NeedsBackfill)]
    [InlineData("a TEXT CHECK (a IS NOT NULL)", ChangeKind.AddCheck, ChangeSafety.NeedsBackfill)]
    public void What_stands_on_a_new_column_comes_with_it(string column, ChangeKind kind, ChangeSafety safety)
    {
        const string Tables = "CREATE TABLE u (id INT PRIMARY KEY); CREATE TABLE t (id INT";
        var comparison = Compare(Tables + ");", $"{Tables}, {column});");
        var plan = new ChangePlanner(comparison).Plan(comparison.Changes.Where(c => c.Kind == kind));
        Assert.Equal(2, plan.Length);
        Assert.StartsWith("ALTER TABLE public.t ADD COLUMN a ", plan[0].Sql, StringComparison.Ordinal);
        Assert.Equal(safety, plan[1].Safety);
    }

    [Theory]
    [InlineData("CREATE DOMAIN d AS VARCHAR(3)", "TEXT", "d", "ALTER TABLE public.t ALTER COLUMN c TYPE public.d")]
    [InlineData("CREATE DOMAIN d AS VARCHAR(3)", "d", "VARCHAR(2)", "ALTER TABLE public.t ALTER COLUMN c TYPE character varying(2)")]
    [InlineData("CREATE DOMAIN d AS VARCHAR(3)", "TEXT[]", "d[]", "ALTER TABLE public.t ALTER COLUMN c TYPE public.d[]")]
    [InlineData("CREATE DOMAIN d AS BIT(3)", "TEXT", "d", "ALTER TABLE public.t ALTER COLUMN c TYPE public.d USING c::text::bit varying")]
    [InlineData("CREATE DOMAIN d AS INT", "TEXT", "d", "ALTER TABLE public.t ALTER COLUMN c TYPE public.d USING c::public.d")]
    [InlineData("CREATE TYPE d AS ENUM ('a')", "d", "VARCHAR(2)", "ALTER TABLE public.t ALTER COLUMN c TYPE character varying(2)")]
    [InlineData("CREATE TYPE d AS ENUM ('a')", "TEXT", "d", "ALTER TABLE public.t ALTER COLUMN c TYPE public.d USING c::public.d")]
    public void A_domain_is_stored_as_the_type_under_it(string type, string from, string to, string statement) =>
        Assert.Equal(statement, Assert.Single(ChangeWriter.Plan(Compare($"{type}; CREATE TABLE t (c {from});", $"{type}; CREATE TABLE t (c {to});"))).Sql);

    private static SchemaComparison Compare(string from, string to) => SchemaComparer.Compare(Schema(from), Schema(to));

    private static DatabaseSchema Schema(string sql)
    {
        var replay = MigrationReplay.Run([new MigrationSource("1", new SourceText("1.sql", sql))]);
        Assert.Equal(0, replay.RefusedCount);
        return replay.Schema;
    }

    private static string[] Shape(IEnumerable<PlannedStatement> plan) =>
        [.. plan.Select(s => s.Sql.Contains(" ALTER COLUMN ", StringComparison.Ordinal) ? s.Sql.Split(" ALTER COLUMN ")[1].Split(' ')[0] : string.Join(' ', s.Sql.Split(' ').Take(2)))];
}
