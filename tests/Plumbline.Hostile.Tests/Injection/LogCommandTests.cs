using Plumbline.Cli.Tests;
using Plumbline.PostgreSql.Writing;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>SQL and Prisma schemas that the program prints hold no command of a CI system, and mean what they meant.</summary>
public sealed class LogCommandTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [Theory]
    [InlineData("SELECT $$\n::error file=x::pwned$$", "SELECT E'\n\\u003A:error file=x\\u003A:pwned'")]
    [InlineData("SELECT $$\n \u00A0::add-mask::e\n$$", "SELECT E'\n \u00A0\\u003A:add-mask\\u003A:e\n'")]
    [InlineData("SELECT $$a ##[error]b$$", "SELECT E'a #\\u0023[error]b'")]
    [InlineData("SELECT 'a ##vso[task.x]b'", "SELECT E'a #\\u0023vso[task.x]b'")]
    [InlineData("SELECT '\n::error '::text", "SELECT E'\n\\u003A:error '::text")]
    [InlineData("SELECT 1 AS \"a\n::debug::b\"", "SELECT 1 AS U&\"a\n\\003A:debug\\003A:b\"")]
    [InlineData("-- ##[error]a\nSELECT 1", "-- #\\u0023[error]a\nSELECT 1")]
    [InlineData("/*\n::stop-commands::x\n*/ SELECT 1", "/*\n\\u003A:stop-commands\\u003A:x\n*/ SELECT 1")]
    [InlineData("SELECT 1\n  ::text || 'a'::text", "SELECT 1\n  /**/::text || 'a'::text")]
    [InlineData("SELECT a ##[1]", "SELECT a ## [1]")]
    [InlineData("SELECT a::text,\n b::text", "SELECT a::text,\n b::text")]
    [InlineData("SELECT $$\n::text$$;", "SELECT $$\n::text$$;")]
    [InlineData("SELECT '::error::a'", "SELECT '::error::a'")]
    [InlineData("SELECT a ## b, '# ## a', '##'", "SELECT a ## b, '# ## a', '##'")]
    public void A_command_is_escaped_where_it_stands(string sql, string expected)
    {
        var inert = InertSql.Of(sql);
        Assert.Equal(expected, inert);
        Assert.Empty(LogCommands.In(inert));
    }

    [Fact]
    [Trait("needs", "server")]
    public void The_server_reads_the_same_from_both()
    {
        using var database = server.CreateDatabase();
        using var connection = database.Open();
        foreach (var text in (string[])["a\n::error file=x::b", "\n\t::add-mask::it's \\ b", "##[group]a", "###vso[x]\n ::debug::\\u003A"])
        {
            var sql = $"SELECT '{text.Replace("'", "''", StringComparison.Ordinal)}'\n ::text AS \"{text}\", $a${text}$a$::text || ''::text";
            using var command = connection.CreateCommand();
            command.CommandText = InertSql.Of(sql);
            Assert.Empty(LogCommands.In(command.CommandText));
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            Assert.Equal((text, text, text), (reader.GetName(0), reader.GetString(0), reader.GetString(1)));
        }
    }

    [Theory]
    [InlineData("inspect", "sql")]
    [InlineData("inspect", "prisma")]
    [InlineData("diff", "sql")]
    public void No_output_gives_one(string command, string format)
    {
        const string body = "\n::error file=x::pwned\n  ::add-mask::e\n##[error]a\n";
        using var repository = new TemporaryRepository("prisma/schema.prisma")
            .Write("a.sql", $"CREATE TABLE a (id int PRIMARY KEY, b text DEFAULT '{body}');\nCOMMENT ON TABLE a IS '{body}';\nCREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$ BEGIN\n-- {body}\nRETURN '{body}'; END $$;\nCREATE VIEW v AS SELECT '{body}'::text AS \"c{body}\";\n")
            .Write("b.sql", "CREATE TABLE b (id int);\n");
        string[] arguments = command == "diff" ? ["diff", repository.PathOf("b.sql"), repository.PathOf("a.sql"), "--format", format] : ["inspect", repository.PathOf("a.sql"), "--format", format];
        var output = Plumb.Run(arguments).Output;
        Assert.Contains("pwned", output, StringComparison.Ordinal);
        Assert.Empty(LogCommands.In(output));
    }

    [Fact]
    public void A_text_with_many_marks_takes_time_in_proportion_to_its_length()
    {
        var text = string.Concat(Enumerable.Repeat("##[\n::a::", 100_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        LogCommands.EscapeMarks(text);
        InertSql.Of("SELECT $$" + text + "$$");
        LogCommands.In(new string(' ', 500_000) + "::a::");

        // With a second power of the length it takes minutes.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
    }
}
