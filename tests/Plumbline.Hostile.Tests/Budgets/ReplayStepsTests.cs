using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Replay.Objects;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>What statements look through, change and keep is counted for a whole history, and what would exceed a budget ends the replay.</summary>
public sealed class ReplayStepsTests
{
    private const string Absent = "ALTER TABLE absent ADD COLUMN a int;\n";

    /// <summary>Scripts of n parts of which each looks through all others.</summary>
    public static TheoryData<string> Quadratic() => ["overloads", "path", "types", "functions", "triggers", "grants", "schemas", "renames", "savepoints", "rollbacks", "dependents"];

    [Theory]
    [MemberData(nameof(Quadratic))]
    public void What_grows_with_the_square_of_a_history_is_counted(string name)
    {
        var n = name is "savepoints" or "rollbacks" ? 400 : 40;
        Assert.InRange(StepsOf(Script(name, 2 * n)) / (double)StepsOf(Script(name, n)), 2.5, 8);
    }

    [Theory]
    [InlineData("tables")]
    [InlineData("foreign keys")]
    [InlineData("schemas with a table")]
    public void What_grows_with_a_history_is_counted_as_often(string name) =>
        Assert.InRange(StepsOf(Script(name, 80)) / (double)StepsOf(Script(name, 40)), 1.5, 2.4);

    // A dump of pg_dump: five thousand tables with keys, indexes and comments need less than half of the budget.
    [Fact]
    public void A_large_dump_is_far_from_the_budget()
    {
        const int tables = 100;
        Assert.InRange(StepsOf("SELECT pg_catalog.set_config('search_path', '', false);\n" + Script("dump", tables)) * (5_000 / tables), 1, ReadingBudget.HistorySteps / 2);
    }

    [Fact]
    public void A_statement_that_looks_through_too_much_is_left_out_with_all_that_follow()
    {
        var session = new ReplaySession(new Database(15), ReplayOptions.Default);
        session.RunStatements(0, Source("CREATE TABLE a (id int);"), CancellationToken.None);
        session.Execution.Budget.UseSteps(ReadingBudget.HistorySteps);
        session.RunStatements(1, Source("CREATE TABLE b (id int);\nCREATE TABLE c (id int);"), CancellationToken.None);
        Assert.Equal([OutcomeKind.Done, OutcomeKind.CannotKnow, OutcomeKind.CannotKnow], session.Outcomes.Select(outcome => outcome.Kind));
        Assert.All(session.Outcomes.Skip(1), outcome => Assert.True(outcome.ExceedsBudget));
        Assert.Equal("The migrations look through more than 60,000,000 objects in search of names and dependencies; the replay ends there.", session.Outcomes[^1].Reason);
        Assert.Equal(["a"], session.BuildSchema([Source(""), Source("")]).Tables.Select(table => table.Name.Name));
    }

    [Fact]
    public void What_is_read_or_taken_back_besides_leaves_nothing_out()
    {
        var budget = new ReplayBudget();
        budget.UseSteps(ReadingBudget.HistorySteps + 1);
        Assert.Null(budget.Exhausted);
        Assert.Throws<CannotKnowException>(budget.Begin);
        Assert.NotNull(budget.Exhausted);
        Assert.Equal(ReadingBudget.HistorySteps + 1, budget.Copy().Steps);
    }

    [Theory]
    [InlineData("CREATE TABLE t (a text DEFAULT '{0}');")]
    [InlineData("CREATE TABLE t (a text CHECK (a <> '{0}'));")]
    [InlineData("CREATE VIEW t AS SELECT '{0}' AS a;")]
    [InlineData("CREATE FUNCTION t() RETURNS text LANGUAGE sql AS $$ SELECT '{0}' $$;")]
    [InlineData("CREATE SCHEMA t; COMMENT ON SCHEMA t IS '{0}';")]
    public void Texts_that_are_kept_have_a_limit(string statement)
    {
        Assert.Equal(OutcomeKind.Done, Last(statement.Replace("{0}", new string('x', 1000), StringComparison.Ordinal)).Kind);
        var last = Last(statement.Replace("{0}", new string('x', (int)ReadingBudget.HistoryText + 1), StringComparison.Ordinal));
        Assert.True(last.ExceedsBudget);
        Assert.Equal("The expressions, functions and comments of the migrations have more than 8,388,608 characters; the replay ends there.", last.Reason);
    }

    // What rows hold is not kept.
    [Fact]
    public void Rows_may_be_larger() =>
        Assert.Equal(OutcomeKind.Done, Last($"CREATE TABLE t (a text); INSERT INTO t VALUES ('{new string('x', (int)ReadingBudget.HistoryText + 1)}');").Kind);

    [Fact]
    public void Changes_that_are_kept_have_a_limit()
    {
        var budget = new ReplayBudget();
        budget.UseChanges(ReadingBudget.HistoryChanges);
        Assert.Throws<CannotKnowException>(() => budget.UseChanges(1));
        Assert.Equal("The migrations create, change and drop more than 300,000 objects, columns and constraints; the replay ends there.", budget.Exhausted);
    }

    // Names of more than 32 columns are looked up, and candidates of more than 16.
    [Fact]
    public void An_expression_of_a_wide_table_is_printed_with_its_present_names()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 60).Select(i => $"c{i} int"));
        var table = Replay($"CREATE TABLE t ({columns}, g int GENERATED ALWAYS AS (c0 + c59) STORED);\nALTER TABLE t RENAME COLUMN c0 TO first;").Schema.Tables.Single();
        Assert.Equal("(first + c59)", table.Columns.Single(column => column.Name == "g").Generated?.Text);
    }

    [Fact]
    public void The_overload_of_the_first_schema_of_the_path_is_called_among_many()
    {
        var functions = string.Concat(Enumerable.Range(0, 40).Select(i => $"CREATE TYPE e{i} AS ENUM ('a');\n")) +
            string.Concat(Enumerable.Range(0, 40).Select(i => $"CREATE FUNCTION one.f(a e{i}) RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE FUNCTION two.f(a e{i}) RETURNS text LANGUAGE sql AS 'SELECT ''a''';\n"));
        string TypeOf(string path) => Replay($"CREATE SCHEMA one;\nCREATE SCHEMA two;\n{functions}SET search_path TO {path}, public;\nCREATE VIEW public.v AS SELECT f('a'::e39) AS a;")
            .Schema.Views.Single().Columns.Single().Type.ToString();
        Assert.Equal("integer", TypeOf("one, two"));
        Assert.Equal("text", TypeOf("two, one"));
    }

    private static string Script(string name, int n)
    {
        string Each(Func<int, string> line) => string.Concat(Enumerable.Range(0, n).Select(i => line(i) + "\n"));
        var path = Each(i => $"CREATE SCHEMA s{i};") + $"SET search_path TO {string.Join(", ", Enumerable.Range(0, n).Select(i => $"s{i}"))}, public;\n";
        return name switch
        {
            "overloads" => Each(i => $"CREATE TYPE e{i} AS ENUM ('a'); CREATE FUNCTION f(a e{i}) RETURNS int LANGUAGE sql AS 'SELECT 1';") + Each(i => $"SELECT f('a'::e{i});"),
            "path" => path + Each(_ => Absent),
            "types" => path + Each(i => $"CREATE TABLE t{i} (a absent);"),
            "functions" => path + Each(_ => "DROP FUNCTION IF EXISTS absent;"),
            "triggers" => path + "CREATE TABLE t (a int);\n" + Each(i => $"CREATE TRIGGER g{i} BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION absent();"),
            "grants" => Each(i => $"CREATE TABLE t{i} (a int); CREATE ROLE r{i};") + Each(i => $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO r{i};"),
            "schemas" => "CREATE SCHEMA s0;\n" + Each(i => $"CREATE TABLE s0.t{i} (a int);") + Each(i => $"ALTER SCHEMA s{i} RENAME TO s{i + 1};"),
            "renames" => $"CREATE TABLE t (a0 int, {string.Join(", ", Enumerable.Range(0, n).Select(i => $"b{i} int CHECK (b{i} > 0)"))});\n" + Each(i => $"ALTER TABLE t RENAME a{i} TO a{i + 1}; SELECT a{i + 1} FROM t;"),
            "savepoints" => "BEGIN;\n" + Each(i => $"SAVEPOINT s{i}; SELECT 1; SELECT 1; SELECT 1;") + Each(i => $"ROLLBACK TO s{n - 1 - i};"),
            "rollbacks" => "BEGIN;\nSAVEPOINT s;\n" + Each(_ => "CREATE TABLE t (); ROLLBACK TO s; SELECT 1; SELECT 1; SELECT 1; SELECT 1;"),
            "dependents" => "CREATE TABLE t (a int PRIMARY KEY);\n" + Each(i => $"CREATE TABLE t{i} (a int REFERENCES t);") + Each(_ => "ALTER TABLE t ALTER a TYPE bigint; ALTER TABLE t ALTER a TYPE int;"),
            "foreign keys" => Each(i => $"CREATE TABLE t{i} (id int PRIMARY KEY, o int{(i > 0 ? $" REFERENCES t{i - 1}" : "")});"),
            "schemas with a table" => Each(i => $"CREATE SCHEMA s{i}; CREATE TABLE s{i}.t (id int PRIMARY KEY);"),
            "dump" => Each(i => $"""
                CREATE TABLE public.t{i} (id integer NOT NULL, {string.Join(", ", Enumerable.Range(0, 15).Select(c => $"c{c} text DEFAULT 'a'::text NOT NULL"))}, o integer);
                ALTER TABLE public.t{i} OWNER TO postgres;
                COMMENT ON TABLE public.t{i} IS 'A table';
                CREATE SEQUENCE public.t{i}_id_seq AS integer START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
                ALTER SEQUENCE public.t{i}_id_seq OWNED BY public.t{i}.id;
                ALTER TABLE ONLY public.t{i} ALTER COLUMN id SET DEFAULT nextval('public.t{i}_id_seq'::regclass);
                """) + Each(i => $"ALTER TABLE ONLY public.t{i} ADD CONSTRAINT t{i}_pkey PRIMARY KEY (id);") + Each(i => $"CREATE INDEX t{i}_c0_idx ON public.t{i} USING btree (c0);") +
                Each(i => $"ALTER TABLE ONLY public.t{i} ADD CONSTRAINT t{i}_o_fkey FOREIGN KEY (o) REFERENCES public.t{(i + 1) % n}(id);") + Each(i => $"GRANT SELECT ON TABLE public.t{i} TO postgres;"),
            _ => Each(i => $"CREATE TABLE t{i} (id int PRIMARY KEY, a text DEFAULT 'a');"),
        };
    }

    private static long StepsOf(string script) => Replay(script).Session.Execution.Budget.Steps;

    private static StatementOutcome Last(string script) => Replay(script).Outcomes[^1];

    private static ReplayResult Replay(string script) => MigrationReplay.Run([Source(script)]);

    private static MigrationSource Source(string script) => new("history", new SourceText("history/migration.sql", script));
}
