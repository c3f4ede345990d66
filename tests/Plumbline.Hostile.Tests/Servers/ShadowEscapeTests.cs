using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>No migration that runs in a shadow database changes anything outside of it, whatever it tries and whoever it runs as.</summary>
[Trait("needs", "server")]
public sealed class ShadowEscapeTests : IClassFixture<PostgreSqlServer>, IDisposable
{
    private static readonly string[] NotChecked = ["it was not run", "the temporary role lacks the right to run it", "it was refused, probably because"];

    private readonly PostgreSqlServer _server;
    private readonly string _file = Path.Combine(Path.GetTempPath(), "plumb-escaped-" + Guid.NewGuid().ToString("N"));
    private readonly NpgsqlConnection _other;
    private readonly NpgsqlConnection _watch;

    public ShadowEscapeTests(PostgreSqlServer server)
    {
        _server = server;
        _watch = new NpgsqlConnection(server.ConnectionString("postgres"));
        _watch.Open();
        if (Value("SELECT count(*)::text FROM pg_roles WHERE rolname = 'bystander'") == "0")
        {
            Do("CREATE ROLE bystander LOGIN; GRANT pg_monitor TO bystander; CREATE ROLE maker LOGIN CREATEDB; CREATE ROLE manager LOGIN CREATEDB CREATEROLE; CREATE ROLE passer LOGIN CREATEDB BYPASSRLS; CREATE ROLE member LOGIN CREATEDB; GRANT pg_monitor TO member; CREATE ROLE nobody LOGIN CREATEROLE;");
            Do("CREATE DATABASE other");
        }

        _other = new NpgsqlConnection(server.ConnectionString("other"));
        _other.Open();
        using var command = new NpgsqlCommand("CREATE TABLE IF NOT EXISTS kept (a int); INSERT INTO kept VALUES (1)", _other);
        command.ExecuteNonQuery();
    }

    public static TheoryData<string> Names() => [.. Escapes.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_escapes_from_a_superusers_shadow(string escape)
    {
        var before = State();
        using var repository = Repository([Escapes.All[escape]]);

        var result = Run(repository, "postgres");

        Assert.Equal(before, State());
        Assert.False(File.Exists(_file));

        // The role of a shadow database may change itself, and goes with it; the others fail by rules of PostgreSQL that hold for every role.
        if (escape is not ("alter the login in computed text" or "set the login in computed text" or "create role in an index" or "untrusted language"))
            Assert.Contains(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("manager")]
    [InlineData("maker")]
    public void Nothing_escapes_where_one_history_tries_everything(string role)
    {
        var before = State();
        using var repository = Repository(Escapes.All.Values);

        var result = Run(repository, role);

        Assert.Equal(before, State());
        Assert.False(File.Exists(_file));
        Assert.Contains(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("manager")]
    [InlineData("maker")]
    public void An_honest_history_runs_in_full(string role)
    {
        var before = State();
        using var repository = Repository([
            "CREATE EXTENSION pgcrypto; CREATE TABLE a (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), b text); CREATE SCHEMA s; CREATE TABLE s.t (a int);",
            "DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.b := 'x'; RETURN NEW; END $$; CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); INSERT INTO a (b) VALUES ('y');",
        ]);

        var result = Run(repository, role);

        Assert.Equal(before, State());
        Assert.Contains("\"shadow-agrees\"", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
    }

    public static TheoryData<string> Terminations() => [.. Escapes.All.Where(escape => escape.Key.StartsWith("terminate", StringComparison.Ordinal)).Select(escape => escape.Key)];

    [Theory]
    [MemberData(nameof(Terminations))]
    public void A_session_of_the_same_role_goes_on(string escape)
    {
        using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString("other")) { Username = "maker", Pooling = false }.ConnectionString);
        session.Open();
        var sql = Escapes.All[escape].Replace("{pid}", session.ProcessID.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        using var repository = Repository([sql]);
        var result = Run(repository, "maker");
        Assert.Contains(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
        using var command = new NpgsqlCommand("SELECT 1", session);
        Assert.Equal(1, command.ExecuteScalar());
    }

    [Theory]
    [InlineData("terminate by an operator")]
    [InlineData("terminate in a text of an extension")]
    [InlineData("terminate in a text of a built-in function")]
    public void Without_the_protection_it_ends(string escape)
    {
        using var session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString("other")) { Username = "maker", Pooling = false }.ConnectionString);
        session.Open();
        Do("CREATE DATABASE unprotected OWNER maker");
        try
        {
            using var own = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString("unprotected")) { Username = "maker", Pooling = false }.ConnectionString);
            own.Open();
            using (var create = new NpgsqlCommand("GRANT ALL ON SCHEMA public TO maker", own))
                create.ExecuteNonQuery();

            using var command = new NpgsqlCommand(Escapes.All[escape].Replace("{pid}", session.ProcessID.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), own);
            command.ExecuteNonQuery();
            Thread.Sleep(200);
            Assert.Equal("0", Value($"SELECT count(*)::text FROM pg_stat_activity WHERE pid = {session.ProcessID}"));
        }
        finally
        {
            Do("DROP DATABASE unprotected WITH (FORCE)");
        }
    }

    [Theory]
    [InlineData("CREATE EXTENSION tablefunc; CREATE TABLE sales (a int, b int, c int); CREATE VIEW v AS SELECT * FROM crosstab('SELECT a, b, c FROM sales ORDER BY 1', 'SELECT 1') AS t (a int, b int);")]
    [InlineData("CREATE TABLE a (dblink_url text, pg_ls_x int); SELECT query_to_xml('SELECT 1', true, false, ''); SELECT set_config('search_path', 'public', false);")]
    [InlineData("CREATE FUNCTION f(a int, b int) RETURNS bool LANGUAGE sql AS 'SELECT a = b'; CREATE OPERATOR === (FUNCTION = f, LEFTARG = int, RIGHTARG = int); CREATE AGGREGATE largest (int) (SFUNC = int4larger, STYPE = int);")]
    public void An_honest_history_with_such_functions_runs_as_a_role_without_its_own(string sql)
    {
        using var repository = Repository([sql]);
        var result = Run(repository, "maker");
        Assert.DoesNotContain(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_migrations_have_one_deadline()
    {
        Plumbline.PostgreSql.Catalog.DatabaseUrl.TryParse(Url("postgres"), out var url, out _);
        var options = Plumbline.PostgreSql.Catalog.CatalogOptions.Default with { RunDeadline = TimeSpan.FromSeconds(3) };
        var before = State();
        var clock = Stopwatch.StartNew();
        await using (var shadow = await Plumbline.PostgreSql.Shadow.ShadowDatabase.CreateAsync(url!, Plumbline.PostgreSql.Replay.ReplayPlatform.None, options, TestContext.Current.CancellationToken))
        {
            System.Collections.Immutable.ImmutableArray<Plumbline.PostgreSql.Replay.MigrationSource> history =
                [.. Enumerable.Range(1, 100).Select(i => new Plumbline.PostgreSql.Replay.MigrationSource($"{i:000}_step", new Plumbline.Schema.Text.SourceText($"{i}.sql", i == 1 ? "SELECT 1;" : "SELECT pg_sleep(2);")))];
            var failure = await Assert.ThrowsAsync<Plumbline.PostgreSql.Catalog.CatalogException>(() => shadow.ApplyAsync(history, Plumbline.PostgreSql.Replay.ReplayPlatform.None, TestContext.Current.CancellationToken));
            Assert.Equal("The migrations did not finish within 3 seconds in the shadow database. The migration 003_step was running.", failure.Message);
        }

        Assert.InRange(clock.Elapsed.TotalSeconds, 2, 20);
        Assert.Equal(before, State());
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("manager")]
    public void Owners_that_a_dump_names_are_one_entry(string role)
    {
        using var repository = Repository(Enumerable.Range(1, 20).Select(i => $"CREATE TABLE t{i} (a int); ALTER TABLE t{i} OWNER TO bystander;"));
        var result = Run(repository, role);
        Assert.Contains("20 statements in the shadow database, the first of them at prisma/migrations/001_step/migration.sql:1:26", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(NotChecked, why => result.Output.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("passer", "has rights that migrations must not have")]
    [InlineData("member", "has rights that migrations must not have")]
    [InlineData("bystander", "may not create databases")]
    [InlineData("nobody", "may not create databases")]
    public void A_role_that_cannot_be_held_is_refused(string role, string expected)
    {
        var before = State();
        using var repository = Repository(["CREATE TABLE t (a int);"]);
        var result = Run(repository, role);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, OneLine(result.Error), StringComparison.Ordinal);
        Assert.Equal(before, State());
    }

    [Fact]
    public void A_server_that_does_not_let_the_temporary_role_in_is_refused_and_left_as_it_was()
    {
        var hba = Value("SHOW hba_file");
        var rules = File.ReadAllText(hba);
        var before = State();
        using var repository = Repository(["CREATE TABLE t (a int);"]);
        try
        {
            File.WriteAllText(hba, "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 reject\n");
            Value("SELECT pg_reload_conf()::text");
            Thread.Sleep(300);
            var result = Run(repository, "postgres");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains("does not let the temporary role log in", OneLine(result.Error), StringComparison.Ordinal);
        }
        finally
        {
            File.WriteAllText(hba, rules);
            Value("SELECT pg_reload_conf()::text");
        }

        Thread.Sleep(300);
        Assert.Equal(WithoutReload(before), WithoutReload(State()));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL of the migration's session")]
    public async Task A_run_that_is_ended_leaves_nothing(string signal)
    {
        var before = State();
        using var repository = Repository(["CREATE TABLE t (a int); SELECT pg_sleep(60);"]);
        using var process = Process.Start(new ProcessStartInfo(Plumb.Program, ["audit", repository.Root, "--shadow", Url("postgres"), "--format", "json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (Value("SELECT count(*)::text FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)' AND datname LIKE 'plumb_shadow%'") == "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);

        if (signal == "TERM")
            Command.Run("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).EnsureSuccess();
        else
            Value("SELECT bool_or(pg_terminate_backend(pid))::text FROM pg_stat_activity WHERE datname LIKE 'plumb_shadow%'");

        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Task.WhenAll(output, error);
        Assert.Equal(before, State());
    }

    [Fact]
    public void The_audited_database_is_known_under_another_address()
    {
        using var wire = new BrokenWire(_server.Port, long.MaxValue, WireEnd.Closes);
        using var repository = Repository(["CREATE TABLE t (a int);"]);
        var result = Plumb.Run("audit", repository.Root, "--database", Url("postgres", "other"), "--shadow", $"postgresql://postgres@localhost:{wire.Port}/other");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--shadow names the database that is being audited", OneLine(result.Error), StringComparison.Ordinal);

        var beside = Plumb.Run("audit", repository.Root, "--database", Url("postgres", "other"), "--shadow", $"postgresql://postgres@localhost:{wire.Port}/postgres");
        Assert.InRange(beside.ExitCode, 0, 1);
    }

    public void Dispose()
    {
        _other.Dispose();
        _watch.Dispose();
        File.Delete(_file);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> WithoutReload(IEnumerable<string> state) => state.Where(line => !line.StartsWith("loaded", StringComparison.Ordinal));

    private CommandResult Run(TemporaryRepository repository, string role) => Plumb.Run("audit", repository.Root, "--shadow", Url(role), "--format", "json");

    private string Url(string role, string database = "postgres") => string.Create(CultureInfo.InvariantCulture, $"postgresql://{role}@{PostgreSqlServer.Host}:{_server.Port}/{database}");

    private TemporaryRepository Repository(IEnumerable<string> migrations)
    {
        var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql);
        foreach (var (i, sql) in migrations.Index())
            repository.Write($"prisma/migrations/{i + 1:000}_step/migration.sql", sql.Replace("{file}", _file, StringComparison.Ordinal).Replace("{pid}", _other.ProcessID.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

        return repository;
    }

    private void Do(string script)
    {
        using var command = new NpgsqlCommand(script, _watch);
        command.ExecuteNonQuery();
    }

    private string Value(string query)
    {
        using var command = new NpgsqlCommand(query, _watch);
        return (string)command.ExecuteScalar()!;
    }

    // What belongs to the whole server, and the session and the rows of another database.
    private List<string> State()
    {
        var state = new List<string>();
        foreach (var query in (string[])
            [
                "SELECT 'role', a::text FROM pg_authid a", "SELECT 'member', m::text FROM pg_auth_members m",
                "SELECT 'database', concat_ws(' ', datname, datdba, datistemplate, datallowconn, datconnlimit, dattablespace, datacl) FROM pg_database", "SELECT 'role setting', s::text FROM pg_db_role_setting s",
                "SELECT 'setting', concat_ws(' ', name, setting, source, reset_val) FROM pg_settings", "SELECT 'file setting', f::text FROM pg_file_settings f", "SELECT 'tablespace', t::text FROM pg_tablespace t",
                "SELECT 'slot', s::text FROM pg_replication_slots s", "SELECT 'origin', o::text FROM pg_replication_origin o", "SELECT 'subscription', subname::text FROM pg_subscription", "SELECT 'comment', d::text FROM pg_shdescription d",
                "SELECT 'label', l::text FROM pg_shseclabel l", "SELECT 'parameter', p::text FROM pg_parameter_acl p", "SELECT 'prepared', gid FROM pg_prepared_xacts", "SELECT 'loaded', pg_conf_load_time()::text",
                $"SELECT 'session', state FROM pg_stat_activity WHERE pid = {_other.ProcessID}", "SELECT 'trigger', evtname::text FROM pg_event_trigger", "SELECT 'counters', stats_reset::text FROM pg_stat_bgwriter",
            ])
        {
            using var command = new NpgsqlCommand(query, _watch);
            using var reader = command.ExecuteReader();
            while (reader.Read())
                state.Add(reader.GetString(0) + ": " + (reader.IsDBNull(1) ? "" : reader.GetString(1)));
        }

        using var kept = new NpgsqlCommand("SELECT count(*)::text FROM kept", _other);
        state.Add("kept: " + kept.ExecuteScalar());
        state.Sort(StringComparer.Ordinal);
        return state;
    }
}
