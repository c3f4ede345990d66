using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Live;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Shadow;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Live;

/// <summary>Migrations that run for real do so in a database of their own, which is gone afterwards, and change nothing else.</summary>
[Trait("needs", "server")]
public sealed class ShadowReplayTests(PostgreSqlServer server)
{
    [Fact]
    public async Task Where_server_and_replay_make_the_same_that_is_verified_and_the_database_is_gone()
    {
        using var scene = new ShadowScene(server).As("shadow_maker")
            .Migration("CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE users (id serial PRIMARY KEY, mood mood NOT NULL DEFAULT 'good');")
            .Migration("ALTER TYPE mood ADD VALUE 'bad';\nCREATE INDEX CONCURRENTLY users_mood_idx ON users (mood);\nSET search_path = nowhere;")
            .Migration("CREATE VIEW happy AS SELECT id FROM users WHERE mood = 'good';");

        var result = await scene.Audit();

        Assert.Contains(result.Verified, fact => fact is { Check: "shadow-agrees", Subject.Name: "prisma/migrations" });
        Assert.DoesNotContain(result.Findings, f => f.Rule.StartsWith("migration/shadow", StringComparison.Ordinal));
        Assert.Empty(ShadowScene.DatabasesOf(server, "shadow_maker"));
    }

    [Fact]
    public async Task What_both_refuse_is_no_disagreement()
    {
        using var scene = new ShadowScene(server)
            .Migration("ALTER TABLE users ADD COLUMN a int;\nCREATE TABLE users (id int);\nBEGIN;\nCREATE TABLE users (id int);\nSELECT 1;\nCOMMIT;")
            .Migration("CREATE TABLE notes (id int);");

        var result = await scene.Audit();

        Assert.Contains(result.Verified, fact => fact.Check == "shadow-agrees");
        Assert.Contains(result.Findings, f => f is { Rule: "migration/replay-error", SqlState: "42P01" });
    }

    [Fact]
    public async Task What_reaches_beyond_the_database_is_left_out_and_told()
    {
        using var scene = new ShadowScene(server)
            .Migration("CREATE ROLE shadow_made;\nDO $$ BEGIN CREATE USER shadow_made_too; END $$;\nALTER DATABASE postgres SET work_mem = '1MB';\nCREATE USER MAPPING FOR CURRENT_USER SERVER nowhere;\nCREATE TABLE t (id int);")
            .Migration("COPY t FROM '/etc/hostname';");

        var result = await scene.Audit();

        Assert.Equal(
            [
                "prisma/migrations/1_step/migration.sql:1:1: it was not run: it changes roles, databases or settings of the whole server",
                "prisma/migrations/1_step/migration.sql:2:1: it was not run: its code changes roles, databases or settings of the whole server",
                "prisma/migrations/1_step/migration.sql:3:1: it was not run: it changes roles, databases or settings of the whole server",
                "prisma/migrations/1_step/migration.sql:4:1: it was refused, probably because an earlier statement was not run or was refused: server \"nowhere\" does not exist",
                "prisma/migrations/2_step/migration.sql:1:1: it was not run: it reads or writes a file of the server",
            ],
            result.Incomplete.Where(i => i.What.EndsWith("in the shadow database", StringComparison.Ordinal)).Select(i => $"{i.What.Split(' ')[3]}: {i.Why}").Order(StringComparer.Ordinal));
        using var database = server.CreateDatabase();
        Assert.Equal("", database.Psql(["-c", "SELECT rolname FROM pg_roles WHERE rolname LIKE 'shadow_made%'"]).EnsureSuccess().Output.Trim());
        Assert.DoesNotContain(result.Verified, fact => fact.Check == "shadow-agrees");
    }

    [Theory]
    [InlineData("COPY t FROM stdin;\n1\n\\.\n", "it was not run: it needs the rows that follow it")]
    [InlineData("COPY t TO PROGRAM 'cat';", "it was not run: it runs a program of the server")]
    [InlineData("DO $$ BEGIN EXECUTE 'CREATE ROLE x' || current_setting('server_version_num'); END $$;", "the temporary role lacks the right to run it: permission denied to create role")]
    public async Task What_became_of_a_statement_is_said(string sql, string expected)
    {
        using var scene = new ShadowScene(server).Migration("CREATE TABLE t (id int);").Migration(sql);
        Assert.Equal([expected], (await scene.Audit()).Incomplete.Where(i => i.What.EndsWith("in the shadow database", StringComparison.Ordinal)).Select(i => i.Why));
    }

    [Fact]
    public async Task A_statement_that_takes_too_long_is_named()
    {
        using var scene = new ShadowScene(server).As("shadow_waiter");
        var options = CatalogOptions.Default with { StatementTimeout = TimeSpan.FromSeconds(2) };
        await using var shadow = await ShadowDatabase.CreateAsync(scene.Url, ReplayPlatform.None, options, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<CatalogException>(() => shadow.ApplyAsync(
            [new MigrationSource("1_step", new SourceText("a/migration.sql", "SELECT 1;\nSELECT pg_sleep(30);"))], ReplayPlatform.None, TestContext.Current.CancellationToken));
        Assert.Equal("The statement at a/migration.sql:2:1 did not finish within 2 seconds in the shadow database, so the run was ended.", failure.Message);
    }

    [Fact]
    public async Task The_audited_database_is_refused_under_each_of_its_names()
    {
        using var database = server.CreateDatabase();
        var audited = new LiveDatabase(ShadowScene.Parse(server, database.Name));
        using var scene = new ShadowScene(server) { Url = audited.Url with { Hosts = [new DatabaseHost("localhost", server.Port)] } };
        var refusal = await Assert.ThrowsAsync<InputException>(
            () => scene.Migration("CREATE TABLE t (id int);").Audit(AuditOptions.Default with { Databases = AuditOptions.Default.Databases.Add("app", audited) }));
        Assert.Contains("--shadow names the database that is being audited", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_create_databases_is_refused()
    {
        using var database = server.CreateDatabase();
        database.Run("DROP ROLE IF EXISTS shadow_reader; CREATE ROLE shadow_reader LOGIN;");
        using var scene = new ShadowScene(server) { Url = ShadowScene.Parse(server, database.Name, "shadow_reader") };
        var refusal = await Assert.ThrowsAsync<InputException>(() => scene.Migration("CREATE TABLE t (id int);").Audit());
        Assert.Contains("may not create databases", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_the_rest_of_the_audit()
    {
        using var scene = new ShadowScene(server) { Url = ShadowScene.Parse(server, "postgres") with { Hosts = [new DatabaseHost("127.0.0.1", 1)] } };
        var result = await scene.Migration("CREATE TABLE t (id int);").Audit();
        var missing = Assert.Single(result.Incomplete, i => i.WasAskedFor);
        Assert.Contains("nothing is listening there", missing.Why, StringComparison.Ordinal);
        Assert.Contains(result.Verified, fact => fact.Check == "history-replays");
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_database()
    {
        using var scene = new ShadowScene(server).As("shadow_sleeper").Migration("SELECT pg_sleep(60);");
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = scene.Run(cancellation.Token);
        while (ShadowScene.DatabasesOf(server, "shadow_sleeper").Length == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Empty(ShadowScene.DatabasesOf(server, "shadow_sleeper"));
    }
}
