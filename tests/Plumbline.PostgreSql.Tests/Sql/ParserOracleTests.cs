using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>Holds the parser against PostgreSQL's own (libpg-query), on statements of every kind and on mutants of them.</summary>
[Trait("needs", "node")]
public sealed class ParserOracleTests : IDisposable
{
    private const int Mutants = 6_000;

    private readonly ParserOracle _postgres = new();

    [Theory]
    [InlineData("tables.sql")]
    [InlineData("objects.sql")]
    [InlineData("queries.sql")]
    [InlineData("session.sql")]
    public void A_script_has_the_statements_that_PostgreSQL_sees(string file)
    {
        var script = File.ReadAllText(ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Sql", "Corpus", file));
        Assert.Equal([], _postgres.Differences(script));
        Assert.DoesNotContain(SqlParser.Read(script), static statement => statement.Statement is UnknownStatement or InvalidStatement);
    }

    [Fact]
    public void Mutants_are_refused_with_the_message_and_at_the_place_that_PostgreSQL_gives()
    {
        var random = new Random(20_260_101);
        var statements = Corpus();
        var different = new List<string>();
        for (var i = 0; i < Mutants; i++)
        {
            var mutant = Mutate(random, statements);
            different.AddRange(_postgres.Differences(mutant).Select(difference => $"{mutant}\n    {difference}"));
        }

        // 99.8 of 100 and more; what is left are rare ways on which the grammar can still go when this parser has decided.
        Assert.True(different.Count <= Mutants / 500, $"{different.Count} of {Mutants} differ:\n{string.Join('\n', different)}");
    }

    [Theory]
    [InlineData("SELECT")]
    [InlineData("selec 1")]
    [InlineData("CREATE TABLE t (a int,)")]
    [InlineData("CREATE TABLE t (a int b text)")]
    [InlineData("ALTER TABLE t ADD COLUMN")]
    [InlineData("SELECT 'abc")]
    [InlineData("SELECT $a$ b")]
    [InlineData("SELECT 1 /* c")]
    [InlineData("SELECT \"\"")]
    [InlineData("SELECT 1 < 2 < 3")]
    [InlineData("SELECT a.b.*.c")]
    [InlineData("SELECT * FROM a JOIN b")]
    [InlineData("SELECT * FROM (a)")]
    [InlineData("SELECT * FROM ((SELECT 1) x)")]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3")]
    [InlineData("CREATE RULE r AS ON UPDATE TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3")]
    [InlineData(";;SELECT 1;;; SELECT 2 ;")]
    [InlineData("SELECT 1 LIMIT 1, 2")]
    [InlineData("(SELECT 1 ORDER BY 1) ORDER BY 1")]
    [InlineData("CREATE TABLE t (a float(60))")]
    [InlineData("CREATE TABLE t (a int, CHECK (a > 0) DEFERRABLE)")]
    [InlineData("SELECT not between")]
    [InlineData("SELECT a and FROM t")]
    [InlineData("SELECT E'\\u00'")]
    [InlineData("SELECT U&'\\00' UESCAPE 'ab'")]
    public void A_single_text_is_read_as_PostgreSQL_reads_it(string text) => Assert.Equal([], _postgres.Differences(text));

    public void Dispose() => _postgres.Dispose();

    private static List<string> Corpus()
    {
        var folder = ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Sql", "Corpus");
        return [.. Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).SelectMany(static file =>
        {
            var text = File.ReadAllText(file);
            return SqlParser.Read(text).Select(statement => text.Substring(statement.Span.Start, statement.Span.Length));
        })];
    }

    // Drops, doubles, swaps or replaces a token, or cuts the statement behind one.
    private static string Mutate(Random random, List<string> statements)
    {
        var tokens = Words(statements[random.Next(statements.Count)]);
        var (one, other) = (random.Next(tokens.Count), random.Next(tokens.Count));
        switch (random.Next(5))
        {
            case 0:
                // Nothing at all is no statement for this oracle.
                tokens[one] = tokens.Count > 1 ? "" : tokens[one];
                break;
            case 1:
                tokens.Insert(one, tokens[one]);
                break;
            case 2:
                (tokens[one], tokens[other]) = (tokens[other], tokens[one]);
                break;
            case 3:
                tokens.RemoveRange(one + 1, tokens.Count - one - 1);
                break;
            default:
                var foreign = Words(statements[random.Next(statements.Count)]);
                tokens[one] = foreign[random.Next(foreign.Count)];
                break;
        }

        return string.Join(' ', tokens);
    }

    private static List<string> Words(string statement)
    {
        var words = new List<string>();
        var lexer = new PostgreSql.Sql.Lexing.SqlLexer(statement, 0, statement.Length);
        for (var token = lexer.Next(); token.Kind != PostgreSql.Sql.Lexing.TokenKind.End; token = lexer.Next())
        {
            words.Add(statement[token.Start..token.End]);
        }

        return words;
    }
}
