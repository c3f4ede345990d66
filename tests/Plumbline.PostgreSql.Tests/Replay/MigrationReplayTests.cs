using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Tests.Replay.Generated;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Replay;

public sealed class MigrationReplayTests
{
    [Fact]
    public void Objects_and_members_know_the_statements_that_made_and_changed_them()
    {
        var schema = Run("CREATE TABLE a (id int);\nALTER TABLE a ADD COLUMN b text;", "ALTER TABLE a ALTER COLUMN b SET NOT NULL;").Schema;
        var table = Assert.Single(schema.Tables);
        Assert.Equal("m0/migration.sql:1:1", table.Location!.ToString());
        Assert.Equal("m0/migration.sql:2:1", Assert.Single(table.ChangedBy).ToString());
        var column = table.FindColumn("b")!;
        Assert.Equal("m0/migration.sql:2:1", column.Location!.ToString());
        Assert.Equal("m1/migration.sql:1:1", Assert.Single(column.ChangedBy).ToString());
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int);", "Create table public.a")]
    [InlineData("CREATE TABLE a (id int); ALTER TABLE a RENAME TO b;", "Create table public.a|Rename table public.b from a")]
    [InlineData("CREATE TABLE a (id int, x int); ALTER TABLE a DROP COLUMN x, ADD COLUMN y int;", "Create table public.a|Drop column public.a.x|Create column public.a.y")]
    [InlineData("CREATE TYPE e AS ENUM ('a'); ALTER TYPE e ADD VALUE 'b';", "Create enum public.e|Create enum-value public.e.b")]
    [InlineData("CREATE SCHEMA s; DROP SCHEMA s;", "Create schema s|Drop schema s")]
    [InlineData("CREATE TABLE a (id int); CREATE VIEW v AS SELECT id FROM a; DROP TABLE a CASCADE;", "Create table public.a|Create view public.v|Drop view public.v|Drop table public.a")]
    [InlineData("CREATE TABLE a (id int); CREATE SCHEMA s; ALTER TABLE a SET SCHEMA s;", "Create table public.a|Create schema s|Move table s.a from public")]
    [InlineData("CREATE TABLE IF NOT EXISTS a (id int); CREATE TABLE IF NOT EXISTS a (id int);", "Create table public.a")]
    [InlineData("BEGIN; CREATE TABLE a (id int); DROP TABLE nope; COMMIT;", "Create table public.a")]
    public void Outcomes_tell_what_changed(string script, string expected) =>
        Assert.Equal(expected, string.Join('|', Run(script).Outcomes.SelectMany(o => o.Changes).Select(c => $"{c.Kind} {c}{(c.OldName is null ? "" : $" from {c.OldName}")}")));

    [Theory]
    [InlineData("WITH c AS (INSERT INTO a (id) VALUES (1) RETURNING id, b) SELECT * INTO t FROM c;", "id integer, b text")]
    [InlineData("WITH c AS (UPDATE a AS z SET b = q.n FROM (SELECT 'x' AS n) q RETURNING z.id AS zid, q.n) SELECT * INTO t FROM c;", "zid integer, n text")]
    [InlineData("CREATE TABLE t AS WITH c AS (DELETE FROM a RETURNING id + 1 AS more, *) SELECT * FROM c;", "more integer, id integer, b text")]
    public void A_table_is_made_of_what_a_data_change_returns(string script, string columns) =>
        Assert.Equal(columns, string.Join(", ", Run("CREATE TABLE a (id int, b text);", script).Schema.Tables.Single(t => t.Name.Name == "t").Columns.Select(c => $"{c.Name} {c.Type}")));

    [Fact]
    public void What_a_statement_may_have_made_that_cannot_be_followed_is_not_missed()
    {
        var result = Run("DO $$ BEGIN EXECUTE 'CREATE TABLE ' || current_setting('my.table'); END $$;", "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT n INTO t FROM r;", "DROP TABLE t;", "DROP TABLE u;");
        Assert.Equal([OutcomeKind.CannotKnow, OutcomeKind.CannotKnow, OutcomeKind.CannotKnow, OutcomeKind.Refused], result.Outcomes.Select(o => o.Kind));
    }

    [Fact]
    public void Refusals_that_follow_from_another_name_it()
    {
        var result = Run("CREATE TABLE a (id nothing); CREATE INDEX i ON a (id); DROP INDEX i; CREATE TABLE b (id int); ALTER TABLE b DROP COLUMN nope;");
        Assert.Equal([null, 0, 0, null, null], result.Outcomes.Select(o => o.CausedBy));
        Assert.Equal(4, result.RefusedCount);
    }

    [Fact]
    public void A_deployment_stops_at_the_first_migration_that_fails_and_takes_its_statements_back()
    {
        var result = MigrationReplay.Deploy(Migrations("CREATE TABLE a (id int);", "CREATE TABLE b (id int); DROP TABLE nope; CREATE TABLE c (id int);", "CREATE TABLE d (id int);"));
        Assert.Equal(1, result.StoppedAt);
        Assert.Equal(["a"], result.Schema.Tables.Select(t => t.Name.Name));
        Assert.Equal([OutcomeKind.Done, OutcomeKind.Done, OutcomeKind.Refused, OutcomeKind.Skipped], result.Outcomes.Select(o => o.Kind));
    }

    [Fact]
    public void What_a_file_commits_itself_stays_when_the_rest_of_it_fails()
    {
        var result = MigrationReplay.Deploy(Migrations("BEGIN; CREATE TABLE a (id int); COMMIT; CREATE TABLE b (id int); DROP TABLE nope;"));
        Assert.Equal(["a"], result.Schema.Tables.Select(t => t.Name.Name));
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int); ALTER TABLE a ADD COLUMN b text;", true)]
    [InlineData("CREATE TABLE a (id int); BEGIN; SET LOCAL lock_timeout = '5s'; ALTER TABLE a ADD COLUMN b text; COMMIT;", true)]
    [InlineData("CREATE SCHEMA s; SET search_path = s; CREATE TABLE a (id int);", false)]
    [InlineData("CREATE SCHEMA s; SELECT set_config('search_path', 's', false); CREATE TABLE a (id int);", false)]
    [InlineData("CREATE TABLE a (id int); ROLLBACK;", false)]
    [InlineData("BEGIN; CREATE TABLE a (id int);", false)]
    [InlineData("CREATE TABLE a (id int); LOCK TABLE a;", false)]
    [InlineData("CREATE TEMP TABLE a (id int);", false)]
    [InlineData("CREATE TEMP TABLE a (id int) ON COMMIT DROP;", false)]
    [InlineData("CREATE TEMP TABLE a AS SELECT 1 AS id; CREATE TABLE b (id int); DROP TABLE a;", true)]
    [InlineData("BEGIN; CREATE TEMP TABLE a (id int) ON COMMIT DROP; CREATE TEMP TABLE b ON COMMIT DROP AS SELECT id FROM a; COMMIT; BEGIN; CREATE TEMP TABLE a (id int) ON COMMIT DROP; COMMIT;", true)]
    [InlineData("DROP TABLE nope;", false)]
    public void A_deployment_says_whether_the_history_does_the_same_statement_by_statement(string script, bool expected) =>
        Assert.Equal(expected, MigrationReplay.Deploy(Migrations(script)).HoldsStatementByStatement);

    [Theory]
    [InlineData("CREATE TEMP TABLE a (id int);")]
    [InlineData("CREATE TEMP TABLE a AS SELECT 1 AS id; DROP TABLE a;")]
    [InlineData("BEGIN; CREATE TEMP TABLE a (id int) ON COMMIT DROP; COMMIT;")]
    [InlineData("CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1';")]
    public void Of_what_is_temporary_nothing_is_left_at_the_end(string script)
    {
        foreach (var result in (ReplayResult[])[MigrationReplay.Run(Migrations(script)), MigrationReplay.Deploy(Migrations(script)), MigrationReplay.Continue(MigrationReplay.Run([]), Migrations(script).Single())])
        {
            Assert.Equal(0, result.RefusedCount);
            Assert.Equal(["public"], result.Schema.Namespaces.Select(n => n.Name));
            Assert.Empty(result.Schema.Tables);
            Assert.Empty(result.Schema.Functions);
        }
    }

    [Fact]
    public void A_deployment_that_holds_statement_by_statement_ends_with_the_same_schema()
    {
        var held = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            // Only what succeeds, three statements a file, so that most deployments come to their end.
            var history = new HistoryGenerator(seed).History();
            var accepted = MigrationReplay.Run(Migrations([.. history.Select(s => s + ";")])).Outcomes.Where(o => o.Kind == OutcomeKind.Done).Select(o => history[o.Migration] + ";");
            var migrations = Migrations([.. accepted.Chunk(3).Select(c => string.Concat(c))]);
            var deployed = MigrationReplay.Deploy(migrations);
            if (!deployed.HoldsStatementByStatement)
            {
                continue;
            }

            held++;
            var byStatement = MigrationReplay.Run(migrations);
            Assert.Equal(0, byStatement.RefusedCount);
            Assert.Equal(SchemaWriter.Write(byStatement.Schema), SchemaWriter.Write(deployed.Schema));
            Assert.Equal(byStatement.Outcomes.Select(o => (o.Kind, o.Span)), deployed.Outcomes.Select(o => (o.Kind, o.Span)));
        }

        Assert.True(held >= 10, $"Only {held} deployments held.");
    }

    [Fact]
    public void A_string_with_a_syntax_error_does_nothing()
    {
        var result = MigrationReplay.Deploy(Migrations("CREATE TABLE a (id int); CREATE TABL b (id int);"));
        Assert.Empty(result.Schema.Tables);
        Assert.Equal([OutcomeKind.Skipped, OutcomeKind.Refused], result.Outcomes.Select(o => o.Kind));
    }

    [Fact]
    public void A_file_can_be_replayed_on_top_without_changing_what_it_stands_on()
    {
        var end = Run("CREATE TABLE a (id text PRIMARY KEY);");
        var stray = new MigrationSource("stray", new SourceText("stray.sql", "CREATE TABLE b (x uuid REFERENCES a (id)); CREATE TABLE c (x text REFERENCES a (id));"));
        var result = MigrationReplay.Continue(end, stray);
        Assert.Equal("42804", result.Outcomes[0].Error!.SqlState);
        Assert.Equal(["a", "c"], result.Schema.Tables.Select(t => t.Name.Name));
        Assert.Equal("stray.sql", result.Schema.Tables[1].Location!.Path);
        Assert.Equal(["a"], end.Schema.Tables.Select(t => t.Name.Name));
        Assert.Equal(["a", "c"], MigrationReplay.Continue(end, stray).Schema.Tables.Select(t => t.Name.Name));
    }

    [Fact]
    public void An_open_transaction_ends_with_its_file() => Assert.Empty(Run("BEGIN; CREATE TABLE a (id int);", "SELECT 1;").Schema.Tables);

    [Fact]
    public void A_search_path_lasts_as_long_as_its_file()
    {
        var schema = Run("CREATE SCHEMA s; SET search_path = s; CREATE TABLE a (id int);", "CREATE TABLE b (id int);").Schema;
        Assert.Equal(["public.b", "s.a"], schema.Tables.Select(t => t.Name.ToString()));
    }

    [Fact]
    public void Supabase_brings_its_schemas_roles_and_functions_which_are_no_part_of_the_result()
    {
        var result = MigrationReplay.Run(
            Migrations("CREATE TABLE notes (id uuid PRIMARY KEY, owner uuid REFERENCES auth.users (id)); ALTER TABLE notes ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON notes TO authenticated USING (auth.uid() = owner);"),
            new ReplayOptions { Platform = ReplayPlatform.Supabase });
        Assert.Equal(0, result.RefusedCount);
        Assert.Equal("(auth.uid() = owner)", Assert.Single(Assert.Single(result.Schema.Tables).Policies).Using!.Text);
        Assert.Equal(["public"], result.Schema.Namespaces.Select(n => n.Name));
        Assert.Empty(result.Schema.Functions);
    }

    [Fact]
    public void The_schema_that_the_connection_names_exists_and_holds_what_is_not_qualified()
    {
        var result = MigrationReplay.Run(
            Migrations(
                """CREATE TYPE "Kind" AS ENUM ('A'); CREATE TABLE users (id serial PRIMARY KEY, kind "Kind" DEFAULT 'A');""",
                """ALTER TABLE "default$default".users ADD COLUMN name text; CREATE EXTENSION citext WITH SCHEMA "default$default"; CREATE TABLE public.other (id int);"""),
            new ReplayOptions { DefaultSchema = "default$default" });
        Assert.Equal(0, result.RefusedCount);
        Assert.Equal(["default$default.users", "public.other"], result.Schema.Tables.Select(t => t.Name.ToString()));
        Assert.Equal(["default$default", "public"], result.Schema.Namespaces.Select(n => n.Name));
        Assert.Equal(["id", "kind", "name"], result.Schema.Tables[0].Columns.Select(c => c.Name));
    }

    [Fact]
    public void Expressions_are_printed_as_seen_from_public_whatever_schema_the_connection_names()
    {
        var result = MigrationReplay.Run(Migrations("CREATE TABLE t (id serial);"), new ReplayOptions { DefaultSchema = "core" });
        Assert.Equal("nextval('core.t_id_seq'::regclass)", result.Schema.Tables[0].Columns[0].Default!.Text);
        Assert.Equal("core.u", MigrationReplay.Continue(result, new MigrationSource("next", new SourceText("", "CREATE TABLE u (id int);"))).Schema.Tables[1].Name.ToString());
    }

    [Fact]
    public void A_cancelled_replay_ends_before_its_next_statement()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var migrations = Migrations("CREATE TABLE a (id int);").ToList();
        Assert.Throws<OperationCanceledException>(() => MigrationReplay.Run(migrations, cancellation: cancellation.Token));
        Assert.Throws<OperationCanceledException>(() => MigrationReplay.Deploy(migrations, cancellation: cancellation.Token));
    }

    [Theory]
    [InlineData("CREATE VIEW v0 AS SELECT 1 AS a;", "CREATE VIEW v{0} AS SELECT a FROM v{1};", "DROP VIEW v0 CASCADE;")]
    [InlineData("CREATE TABLE t0 (id int);", "CREATE TABLE t{0} () INHERITS (t{1});", "ALTER TABLE t0 ADD COLUMN b int;")]
    [InlineData("CREATE DOMAIN d0 AS int;", "CREATE DOMAIN d{0} AS d{1};", "DROP DOMAIN d0 CASCADE;")]
    [InlineData("CREATE TYPE c0 AS (a int);", "CREATE TYPE c{0} AS (a c{1});", "ALTER TYPE c0 ADD ATTRIBUTE b int;")]
    public void Chains_of_thousands_do_not_overflow(string first, string next, string last)
    {
        var links = Enumerable.Range(1, 3000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, next, i, i - 1));
        var result = Run(string.Join('\n', links.Prepend(first).Append(last)));
        Assert.Equal(3002, result.DoneCount);
    }

    private static ReplayResult Run(params string[] scripts) => MigrationReplay.Run(Migrations(scripts));

    private static IEnumerable<MigrationSource> Migrations(params string[] scripts) => scripts.Select((s, i) => new MigrationSource($"m{i}", new SourceText($"m{i}/migration.sql", s)));
}
