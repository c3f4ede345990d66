using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Servers;

/// <summary>Nothing of an audited database is executed, with whoever's rights it is read.</summary>
[Trait("needs", "server")]
public sealed class HostileServerTests(HostileServer hostile) : IClassFixture<HostileServer>
{
    private const string Sprung = "SPRUNG ";

    public static TheoryData<string> TrapNames() => [.. Traps.Hiding.Concat(Traps.Objects).Concat(Traps.Histories.Select(h => h.Trap)).Select(t => t.Name)];

    public static TheoryData<string, string?> Histories()
    {
        var rows = new TheoryData<string, string?>();
        foreach (var (schema, _, expected) in Traps.Histories)
        {
            rows.Add(schema, expected);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(TrapNames))]
    public void Each_trap_springs_where_nothing_protects(string trap)
    {
        var planted = Traps.Hiding.Concat(Traps.Objects).Concat(Traps.Histories.Select(h => h.Trap)).Single(t => t.Name == trap);

        // A materialized view is filled as its owner, whoever asks for it.
        var role = trap switch { "h_policy" => "auditor", "a materialized view" or "h_materialized" => "planter", _ => "postgres" };
        Assert.Contains(planted.MarkOf(role), hostile.ControlLog, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_is_read_only_where_reading_it_runs_nothing(string schema, string? expected)
    {
        using var repository = Repository();
        var before = hostile.Log.Length;

        var status = Plumb.Run("status", repository.Root, "--database", hostile.Url(schema));
        var audit = Plumb.Run("audit", repository.Root, "--database", hostile.Url(schema), "--format", "json");

        Assert.DoesNotContain(Sprung, hostile.Log[before..], StringComparison.Ordinal);
        if (expected is null)
        {
            Assert.Equal("", status.Error);
            Assert.Contains("1_a", status.Output, StringComparison.Ordinal);
            Assert.Contains("2026-01-02", status.Output, StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(3, status.ExitCode);
            Assert.Contains(expected, OneLine(status.Error), StringComparison.Ordinal);
            Assert.Equal(3, audit.ExitCode);
            Assert.Contains("\"verdict\": \"unknown\"", audit.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_command_springs_any_trap()
    {
        using var repository = Repository();
        var before = hostile.Log.Length;

        foreach (var role in (string[])["postgres", "auditor", "planter"])
        {
            Assert.InRange(Plumb.Run("status", repository.Root, "--database", hostile.Url(role: role)).ExitCode, 0, 1);
            Assert.InRange(Plumb.Run("audit", repository.Root, "--database", hostile.Url(role: role)).ExitCode, 0, 1);
            Assert.Equal(1, Plumb.Run("diff", repository.PathOf("prisma/migrations"), hostile.Url(role: role)).ExitCode);
            foreach (var format in (string[])["sql", "json", "prisma", "mermaid", "markdown"])
            {
                Assert.Equal(0, Plumb.Run("inspect", hostile.Url(role: role), "--format", format).ExitCode);
            }
        }

        Assert.DoesNotContain(Sprung, hostile.Log[before..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_is_not_run_as_whoever_reads()
    {
        using var repository = Repository();
        var before = hostile.Log.Length;
        var status = Plumb.Run("status", repository.Root, "--database", hostile.Url("h_policy", "auditor"));
        Assert.Equal(3, status.ExitCode);
        Assert.Contains("Row-level security is enabled for the table h_policy._prisma_migrations", OneLine(status.Error), StringComparison.Ordinal);
        Assert.DoesNotContain(Sprung, hostile.Log[before..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("search_path", "evil, public, pg_catalog")]
    [InlineData("search_path", "''")]
    [InlineData("role", "settler")]
    [InlineData("row_security", "off")]
    [InlineData("client_min_messages", "debug5")]
    [InlineData("bytea_output", "escape")]
    [InlineData("datestyle", "'German, DMY'")]
    [InlineData("intervalstyle", "iso_8601")]
    [InlineData("standard_conforming_strings", "off")]
    [InlineData("quote_all_identifiers", "on")]
    [InlineData("default_transaction_isolation", "serializable")]
    [InlineData("default_transaction_read_only", "on")]
    [InlineData("default_transaction_deferrable", "on")]
    [InlineData("timezone", "'Asia/Kolkata'")]
    [InlineData("extra_float_digits", "-15")]
    [InlineData("xmloption", "document")]
    [InlineData("array_nulls", "off")]
    [InlineData("transform_null_equals", "on")]
    [InlineData("statement_timeout", "'5s'")]
    [InlineData("idle_in_transaction_session_timeout", "'1s'")]
    [InlineData("client_encoding", "latin1")]
    [InlineData("default_text_search_config", "german")]
    [InlineData("enable_seqscan", "off")]
    [InlineData("work_mem", "'64kB'")]
    public void A_setting_of_the_database_changes_nothing_of_what_is_read(string setting, string value)
    {
        using var repository = Repository();
        using var database = hostile.Server.CreateDatabase();
        database.Run("DROP ROLE IF EXISTS settler; CREATE ROLE settler;");
        database.Run($$"""
            CREATE TABLE public._prisma_migrations ({{Traps.Columns}});
            INSERT INTO public._prisma_migrations VALUES ('1', 'x', '2026-01-02T03:04:05.678901Z', '1_a', NULL, NULL, '2026-01-02T03:04:05Z', 1);
            CREATE TABLE public.a (id int PRIMARY KEY, b timestamptz DEFAULT '2026-01-02 03:04:05+00', c interval DEFAULT '1 day 2 hours', d bytea DEFAULT '\x00ff', e float8 DEFAULT 0.1, f text DEFAULT 'a\b', g text[] DEFAULT '{NULL}', h text CHECK (h = 'ä'));
            ALTER DATABASE {{database.Name}} OWNER TO settler;
            """);
        string[][] calls = [["status", repository.Root, "--database", database.Url, "--format", "json"], ["audit", repository.Root, "--database", database.Url, "--format", "json", "--now", "2026-02-01"], ["inspect", database.Url, "--format", "json"]];
        string[] before = [.. calls.Select(Read)];

        database.Run($"SET SESSION AUTHORIZATION settler; ALTER DATABASE {database.Name} SET {setting} = {value}; ALTER ROLE ALL IN DATABASE {database.Name} SET {setting} = {value};");

        Assert.Equal(before, calls.Select(Read));
    }

    private static string Read(string[] call)
    {
        var result = Plumb.Run(call);
        Assert.InRange(result.ExitCode, 0, 1);
        Assert.Equal("", result.Error);
        return result.Output;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static TemporaryRepository Repository() => new TemporaryRepository()
        .Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model a {\n  id Int @id\n}\n")
        .Write("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id int PRIMARY KEY);\n");
}
