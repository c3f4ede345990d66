using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Faults;

/// <summary>The SQL of a difference is put together from its parts. What is in a name or a string is never taken for SQL.</summary>
[Trait("needs", "server")]
public sealed class DiffNamesTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Theory]
    [InlineData("a SCHEMA b")]
    [InlineData("AGGREGATE x")]
    [InlineData("( SELECT 'a'::text)")]
    [InlineData("(ARRAY['a'::character varying])::text[]")]
    [InlineData("-- x")]
    [InlineData("/* x")]
    [InlineData("a;b")]
    [InlineData("a\"b'c$$d")]
    [InlineData("CREATE FUNCTION")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb\u200D")]
    [InlineData("a\\b\u001b[2J")]
    [InlineData(":x %s {0} ?1")]
    public void The_script_makes_what_it_names(string name)
    {
        var quoted = "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        var literal = "'" + name.Replace("'", "''", StringComparison.Ordinal) + "'";
        using var files = new TemporaryRepository().Write("from.sql", "CREATE TABLE t (id int);").Write("to.sql", $"""
            CREATE TABLE t (id int, {quoted} text DEFAULT {literal}, CONSTRAINT {quoted} CHECK (id::text <> {literal}));
            CREATE SCHEMA {quoted};
            CREATE TYPE {quoted}.{quoted} AS ENUM ({literal}, 'b');
            CREATE TABLE {quoted}.{quoted + ""} (id int PRIMARY KEY, {quoted} text CHECK ({quoted} IN ({literal}, 'x')));
            """.Replace($"CREATE TABLE {quoted}.{quoted}", $"CREATE TABLE {quoted}.{quoted[..^1]}2\"", StringComparison.Ordinal) + $"""

            CREATE FUNCTION {quoted}(a text) RETURNS text LANGUAGE sql AS $body$SELECT {literal}::text$body$;
            COMMENT ON SCHEMA {quoted} IS {literal};
            GRANT USAGE ON SCHEMA {quoted} TO PUBLIC;
            GRANT EXECUTE ON FUNCTION {quoted}(text) TO PUBLIC;
            """);
        using var database = server.CreateDatabase();
        database.Psql(["-v", "ON_ERROR_STOP=1", "-f", files.PathOf("from.sql")]).EnsureSuccess();
        var script = Plumb.Run("diff", files.PathOf("from.sql"), files.PathOf("to.sql"), "--format", "sql").Output;
        database.Psql(["-v", "ON_ERROR_STOP=1", "-f", "-"], script).EnsureSuccess();

        var left = Plumb.Run("diff", database.Url, files.PathOf("to.sql"));
        Assert.Equal((0, ""), (left.ExitCode, left.Error));
    }
}
