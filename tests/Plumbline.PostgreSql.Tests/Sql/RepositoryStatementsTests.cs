using System.Text.RegularExpressions;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>
/// Holds the parser against PostgreSQL's own on every PostgreSQL file of a repository, migration or not: the one that PLUMB_SQL_FOLDER names, else the examples.
/// </summary>
[Trait("needs", "node")]
public sealed partial class RepositoryStatementsTests(ITestOutputHelper output)
{
    [Fact]
    public void Each_file_has_the_statements_that_PostgreSQL_sees()
    {
        var folder = Environment.GetEnvironmentVariable("PLUMB_SQL_FOLDER") ?? ProjectRoot.Combine("examples");
        using var postgres = new ParserOracle();
        var (files, statements, others) = (0, 0, 0);
        var different = new List<string>();
        foreach (var file in SqlFiles(folder))
        {
            var script = File.ReadAllText(file);
            if (SqlDialectDetector.Detect(script) != SqlDialect.PostgreSql)
            {
                others++;
                continue;
            }

            files++;
            statements += SqlParser.Read(script).Count();
            different.AddRange(Differences(postgres, script).Select(difference => $"{Path.GetRelativePath(folder, file)}: {difference}"));
        }

        output.WriteLine($"Result: {files} PostgreSQL files, {statements} statements, {different.Count} differences ({others} files of other dialects left out)");
        Assert.NotEqual(0, statements);
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Theory]
    [InlineData("\\set x 'it''s'\nSELECT 1;\n\\c other\nSELECT 2;")]
    [InlineData("COPY t (a, b) FROM stdin;\n1\tit's;\n2\t$$\n\\.\n\nSELECT 1;")]
    [InlineData("COPY t FROM STDIN WITH (FORMAT csv);\n\\.\nCOPY u FROM stdin;\n;\n\\.\n")]
    public void Commands_of_psql_and_the_data_of_COPY_are_no_part_of_a_statement(string script)
    {
        using var postgres = new ParserOracle();
        Assert.Equal([], Differences(postgres, script));
    }

    // As a server receives what psql leaves, and as psql reads the whole.
    private static IEnumerable<string> Differences(ParserOracle postgres, string script)
    {
        var sent = WithoutPsql(script);
        var differences = postgres.Differences(sent);
        var asPsql = SqlParser.Read(script).Where(static s => s.Statement is not PsqlCommandStatement).Select(static s => s.Span);
        if (!asPsql.SequenceEqual(SqlParser.Read(sent, isPsql: false).Select(static s => s.Span)))
        {
            differences.Add("The statements that psql sends begin and end elsewhere.");
        }

        return differences;
    }

    // What psql does not send becomes blanks, so that everything else stays where it is.
    private static string WithoutPsql(string script)
    {
        script = CopyData().Replace(script, static match => match.Groups["head"].Value + new string(' ', match.Length - match.Groups["head"].Length));
        return BackslashCommand().Replace(script, static match => new string(' ', match.Length));
    }

    private static IEnumerable<string> SqlFiles(string folder)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateFiles(folder, "*.sql", everywhere)
            .Where(path => !Path.GetRelativePath(folder, path).Split('/', '\\').Contains("node_modules"))
            .Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(?<head>\s*COPY\s[^;]*\sFROM\s+STDIN\b[^;]*;)[^\n]*\n(?:(?!\\\.).*\n)*\\\.", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex CopyData();

    [GeneratedRegex(@"^\s*\\.*$", RegexOptions.Multiline)]
    private static partial Regex BackslashCommand();
}
