using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Replay.History;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Model;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Replay;

/// <summary>What migrations of real projects do that is not a plain statement: catalogs changed by hand, extensions, blocks.</summary>
[Trait("needs", "server")]
public sealed class FidelityTests(PostgreSqlServer server)
{
    [Theory]
    [InlineData("DELETE FROM pg_enum WHERE enumlabel = 'B' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 'E')", "A, C")]
    [InlineData("DELETE FROM pg_enum WHERE enumtypid = '\"E\"'::regtype AND enumlabel IN ('A', 'C')", "B")]
    [InlineData("DELETE FROM pg_catalog.pg_enum e WHERE e.enumtypid = 'public.\"E\"'::regtype AND e.enumlabel = 'none'", "A, B, C")]
    [InlineData("UPDATE pg_enum SET enumlabel = 'X' WHERE enumlabel = 'B' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 'E')", "A, X, C")]
    [InlineData("DO $$ BEGIN DELETE FROM pg_enum WHERE enumlabel = 'B' AND enumtypid = '\"E\"'::regtype; END $$", "A, C")]
    public void Labels_that_are_deleted_from_the_catalog_are_gone(string statement, string labels)
    {
        var script = $"CREATE TYPE \"E\" AS ENUM ('A', 'B', 'C'); {statement};";
        var replay = MigrationReplay.Run([ServerReplay.Migration(script)]);
        Assert.Equal(2, replay.DoneCount);
        Assert.Equal(labels, string.Join(", ", replay.Schema.Enums.Single().Values.Select(v => v.Name)));
        using var expected = server.CreateDatabase();
        expected.Run(script);
        using var actual = server.CreateDatabase();
        actual.Run(SchemaWriter.Write(replay.Schema));
        Assert.Equal(expected.CatalogLines(), actual.CatalogLines());
    }

    [Theory]
    [InlineData("DELETE FROM pg_enum WHERE enumlabel LIKE 'A%'", "pg_enum")]
    [InlineData("UPDATE pg_attribute SET atttypmod = 104 WHERE attname = 'x'", "pg_attribute")]
    [InlineData("INSERT INTO pg_catalog.pg_enum SELECT * FROM pg_enum WHERE false", "pg_enum")]
    public void Other_changes_of_system_catalogs_cannot_be_known(string statement, string catalog)
    {
        var outcome = MigrationReplay.Run([ServerReplay.Migration(statement)]).Outcomes.Single();
        Assert.Equal((OutcomeKind.CannotKnow, $"The statement changes the system catalog \"{catalog}\" directly, which the replay does not support."), (outcome.Kind, outcome.Reason));
    }

    [Fact]
    public void A_policy_that_a_block_could_not_even_parse_is_refused_as_on_a_server()
    {
        const string Script = "CREATE TABLE a (id int); DO $$ BEGIN IF false THEN CREATE POLICY IF NOT EXISTS p ON a; END IF; END $$;";
        using var database = server.CreateDatabase();
        Assert.Equal(ServerReplay.AskServer(database, Script), ServerReplay.AskReplay(Script));
    }

    [Fact]
    public void What_a_function_of_an_extension_made_may_be_dropped_and_nothing_else()
    {
        var outcomes = MigrationReplay.Run([ServerReplay.Migration(
            "CREATE EXTENSION timescaledb; CREATE TABLE a (id int, d date); SELECT create_hypertable('public.a', 'd'); DROP INDEX a_d_idx; DROP INDEX b_d_idx; SELECT now();")]).Outcomes;
        Assert.Equal(
            [OutcomeKind.Done, OutcomeKind.Done, OutcomeKind.CannotKnow, OutcomeKind.CannotKnow, OutcomeKind.Refused, OutcomeKind.Done], outcomes.Select(o => o.Kind));
    }

    [Fact]
    public void A_function_of_an_extension_that_was_never_created_is_refused() =>
        Assert.Equal("42883", MigrationReplay.Run([ServerReplay.Migration("SELECT create_hypertable('a', 'd');")]).Outcomes[0].Error!.SqlState);

    [Theory]
    [InlineData("CREATE TABLE a (v vector(3));", "vector")]
    [InlineData("CREATE TABLE a (v public.citext[]);", "citext")]
    [InlineData("CREATE TABLE a (v text DEFAULT uuid_generate_v4());", "uuid-ossp")]
    [InlineData("CREATE TABLE a (v text); CREATE INDEX ON a USING gin (v gin_trgm_ops);", "pg_trgm")]
    [InlineData("CREATE EXTENSION nosuch;", "nosuch")]
    [InlineData("CREATE TABLE a (v nosuch);", null)]
    public void A_refusal_names_the_extension_that_is_missing(string script, string? extension) =>
        Assert.Equal(extension, MigrationReplay.Run([ServerReplay.Migration(script)]).Outcomes[^1].MissingExtension);

    [Fact]
    public void A_history_can_be_replayed_as_if_its_extensions_were_installed()
    {
        var history = new[] { ServerReplay.Migration("CREATE TABLE a (v vector(3), c citext); CREATE EXTENSION citext; CREATE TABLE b (c citext);") };
        var replay = MigrationReplay.Run(history);
        Assert.Equal(["vector"], replay.MissingExtensions);
        var assumed = MigrationReplay.Run(history, new ReplayOptions { AssumedExtensions = ["vector", "citext", "nosuch"] });
        Assert.Equal(0, assumed.RefusedCount);
        Assert.Equal("public.vector(3), public.citext", string.Join(", ", assumed.Schema.Tables[0].Columns.Select(c => c.Type.ToString())));
        Assert.Equal(["citext"], assumed.Schema.Extensions.Select(e => e.Name));
        Assert.Equal(ObjectFate.Refused, replay.Objects.Trace(ObjectKind.Table, new ObjectName("public", "a")).Fate);
    }

    [Fact]
    public void An_extension_that_a_block_may_create_is_taken_for_installed()
    {
        var replay = MigrationReplay.Run([ServerReplay.Migration(
            "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pgvector') THEN EXECUTE 'CREATE EXTENSION IF NOT EXISTS vector'; END IF; END $$; CREATE TABLE a (v vector(3));")]);
        Assert.Equal([OutcomeKind.CannotKnow, OutcomeKind.Done], replay.Outcomes.Select(o => o.Kind));
        Assert.Empty(replay.Schema.Extensions);
    }

    [Fact]
    public void On_supabase_the_extensions_are_found_in_whatever_schema_the_connection_names()
    {
        var options = new ReplayOptions { Platform = ReplayPlatform.Supabase, DefaultSchema = "app" };
        Assert.Equal(0, MigrationReplay.Run([ServerReplay.Migration("CREATE TABLE a (id uuid DEFAULT uuid_generate_v4());")], options).RefusedCount);
    }

    [Theory]
    [InlineData("UPDATE a SET e = 'NEW';", true)]
    [InlineData("ALTER TABLE a ALTER e SET DEFAULT 'NEW'::e;", true)]
    [InlineData("SELECT 1 -- 'NEW'\n;", false)]
    [InlineData("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE a SET e = 'NEW'; END $$;", false)]
    [InlineData("CREATE FUNCTION f() RETURNS e LANGUAGE sql AS $$ SELECT 'NEW'::e $$;", true)]
    [InlineData("DO $$ BEGIN UPDATE a SET e = 'NEW'; END $$;", true)]
    [InlineData("DO $$ BEGIN EXECUTE 'UPDATE a SET e = ''NEW'''; END $$;", true)]
    [InlineData("DO $$ BEGIN CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN UPDATE a SET e = ''NEW''; END'; END $$;", false)]
    public void A_statement_uses_the_labels_that_it_evaluates_when_it_runs(string statement, bool expected)
    {
        var outcome = MigrationReplay.Run([ServerReplay.Migration(statement)]).Outcomes[0];
        Assert.Equal(expected ? ["NEW"] : [], outcome.UsedLabels(["NEW", "OLD"]));
        using var database = server.CreateDatabase();
        database.Run("CREATE TYPE e AS ENUM ('OLD'); CREATE TABLE a (e e); INSERT INTO a VALUES ('OLD');");
        using var connection = database.Open();
        string? state = null;
        try
        {
            using var command = new Npgsql.NpgsqlCommand("BEGIN; ALTER TYPE e ADD VALUE 'NEW'; " + statement, connection);
            command.ExecuteNonQuery();
        }
        catch (Npgsql.PostgresException e)
        {
            state = e.SqlState;
        }

        Assert.Equal(expected ? "55P04" : null, state);
    }
}
