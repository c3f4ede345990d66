using Plumbline.PostgreSql.Writing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Writing;

public sealed class InertSqlTests(PostgreSqlServer server)
{
    [Theory]
    [InlineData("SELECT 'a\u202Eb'", @"SELECT E'a\u202Eb'")]
    [InlineData("SELECT 'it''s \\ \u001B[2J'", @"SELECT E'it''s \\ \u001B[2J'")]
    [InlineData("SELECT $f$a\rb$f$", @"SELECT E'a\u000Db'")]
    [InlineData("SELECT $f$a\r\nb$f$", "SELECT $f$a\r\nb$f$")]
    [InlineData("SELECT 1 AS \"a\\\"\"\u200Db\"", "SELECT 1 AS U&\"a\\\\\"\"\\200Db\"")]
    [InlineData("SELECT '👨\u200D👩'", @"SELECT E'\uD83D\uDC68\u200D\uD83D\uDC69'")]
    [InlineData("-- a\u009B2J\nSELECT 1", "-- a\\u009B2J\nSELECT 1")]
    [InlineData("SELECT 'é漢😀'", "SELECT 'é漢😀'")]
    public void Active_characters_are_escaped_where_they_stand(string sql, string expected) => Assert.Equal(expected, InertSql.Of(sql));

    [Fact]
    [Trait("needs", "server")]
    public void The_server_reads_the_same_from_both()
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        foreach (var text in (string[])["a\u202Eb", "it's \\ \u001B[2J", "👨\u200D👩‍👧", "\uFEFF\\u0041", "a\rb", "\u0085'\\'"])
        {
            var sql = $"SELECT '{text.Replace("'", "''", StringComparison.Ordinal)}' AS \"{text}\"";
            using var command = connection.CreateCommand();
            command.CommandText = InertSql.Of(sql);
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            Assert.Equal((text, text), (reader.GetName(0), reader.GetString(0)));
        }
    }
}
