using System.Text.RegularExpressions;
using Npgsql;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Catalog;

/// <summary>Reading a catalog harms nobody: nothing is written, nobody waits for long, and the least rights suffice.</summary>
[Trait("needs", "server")]
public sealed partial class ReadOnlyTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Nothing_but_reading_reaches_the_server()
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE TABLE t (a serial PRIMARY KEY); CREATE VIEW v AS SELECT a FROM t");
        database.Run($"ALTER DATABASE {database.Name} SET log_statement = 'all'; ALTER DATABASE {database.Name} SET log_duration = off");
        var before = server.Log.Length;
        await LiveCatalog.SnapshotAsync(database, new CatalogOptions { WithStatistics = true });
        database.Psql(["-c", "SELECT 'marks the end'"]).EnsureSuccess();
        var statements = Statement().Matches(server.Log[before..]).Select(m => m.Groups[1].Value).TakeWhile(s => !s.Contains("marks the end", StringComparison.Ordinal)).ToList();
        Assert.Contains(statements, s => s.StartsWith("SELECT", StringComparison.Ordinal));
        Assert.All(statements, s => Assert.Matches("^(BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY|SET LOCAL |SELECT |WITH path AS MATERIALIZED \\(SELECT |COMMIT)", s));
    }

    [Fact]
    public async Task A_role_that_may_only_connect_sees_the_structure_and_is_told_what_it_does_not_see()
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE SCHEMA hidden; CREATE TABLE hidden.t (id serial PRIMARY KEY, a int DEFAULT 1 CHECK (a > 0)); CREATE VIEW hidden.v AS SELECT a FROM hidden.t; DROP ROLE IF EXISTS onlooker; CREATE ROLE onlooker LOGIN");
        var url = LiveCatalog.UrlOf(database.Url) with { User = "onlooker" };
        var snapshot = await CatalogReader.ReadAsync(url, new CatalogOptions { WithStatistics = true }, TestContext.Current.CancellationToken);
        Assert.Empty(LiveCatalog.Differences(await LiveCatalog.SchemaAsync(database), snapshot.Schema));
        Assert.False(snapshot.Server.IsSuperuser);
        Assert.Equal(["The current value of the sequence hidden.t_id_seq is unknown because the role has neither USAGE nor SELECT on it."], snapshot.Notes);
    }

    [Fact]
    public async Task What_someone_put_on_the_search_path_is_not_called()
    {
        using var database = server.CreateDatabase();
        database.Run("""
            CREATE TABLE called (a text);
            CREATE FUNCTION public.trap(name, text) RETURNS bool LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
            CREATE OPERATOR public.<> (LEFTARG = name, RIGHTARG = text, FUNCTION = public.trap);
            CREATE OPERATOR public.!~ (LEFTARG = name, RIGHTARG = text, FUNCTION = public.trap);
            CREATE FUNCTION public.current_setting(name) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
            CREATE FUNCTION public.pg_get_expr(pg_node_tree, int) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'called'; END $$;
            CREATE VIEW public.pg_class AS SELECT 1 AS oid;
            CREATE TABLE t (a text DEFAULT 'x');
            """);
        database.Run($"ALTER DATABASE {database.Name} SET search_path = public, pg_catalog");
        var schema = await LiveCatalog.SchemaAsync(database);
        Assert.Equal("'x'::text", schema.Tables.Single(t => t.Name.Name == "t").Columns[0].Default?.Text);
    }

    [Fact]
    public async Task A_lock_of_another_session_is_not_waited_for()
    {
        using var database = server.CreateDatabase();
        database.Run("CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t");
        await using var other = new NpgsqlConnection(database.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var locking = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("LOCK TABLE t IN ACCESS EXCLUSIVE MODE", other);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<CatalogException>(() => LiveCatalog.SnapshotAsync(database, new CatalogOptions { LockTimeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(CatalogFailure.Locked, failure.Failure);
        Assert.Contains("another session has held a lock on a table for more than 0.1 seconds", failure.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"LOG:  (?:statement|execute <unnamed>): (\S[^\n]*)")]
    private static partial Regex Statement();
}
