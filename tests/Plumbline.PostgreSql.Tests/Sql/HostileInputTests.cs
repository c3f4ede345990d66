using FsCheck;
using FsCheck.Fluent;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.PostgreSql.Sql.Ast.Queries;
using Plumbline.PostgreSql.Sql.PlPgSql;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>Whatever is read, nothing is thrown, nothing hangs, and no stack overflows.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("select ", "(", "")]
    [InlineData("select ", "- ", "1")]
    [InlineData("select ", "not ", "a")]
    [InlineData("select ", "f(", "")]
    [InlineData("select ", "case when ", "")]
    [InlineData("select ", "array[", "")]
    [InlineData("select a", "[1", "")]
    [InlineData("", "(select ", "")]
    [InlineData("select * from ", "(", "")]
    [InlineData("select * from a", " join b", "")]
    [InlineData("select 1", " union select 1", "")]
    [InlineData("select 1", " + 1", "")]
    [InlineData("select a", "::text", "")]
    [InlineData("", "with a as (", "")]
    [InlineData("", "explain ", "select 1")]
    [InlineData("", "create schema a ", "")]
    public void Nesting_without_end_is_an_error_or_nothing_at_all(string start, string repeated, string end)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 100_000)) + end;
        var statement = SqlParser.ParseStatement(text);
        Assert.True(statement is SelectStatement or InvalidStatement, statement.GetType().Name);
    }

    [Fact]
    public void A_hundred_thousand_parentheses_exhaust_the_parser_s_memory_as_in_PostgreSQL()
    {
        var statement = SqlParser.ParseStatement("select " + new string('(', 100_000));
        Assert.Equal("memory exhausted at or near \"(\"", Assert.IsType<InvalidStatement>(statement).Error.Message);
    }

    [Fact]
    public void Long_chains_of_and_are_no_nesting()
    {
        var statement = SqlParser.ParseStatement("select a" + string.Concat(Enumerable.Repeat(" and a", 100_000)));
        Assert.IsType<SelectStatement>(statement);
    }

    [Fact]
    public void Blocks_without_end_are_an_error() =>
        Assert.NotNull(PlPgSqlParser.Parse(string.Concat(Enumerable.Repeat("begin if a then ", 100_000))).Error);

    [Theory]
    [InlineData("select 'abc; select 1")]
    [InlineData("select \"abc; select 1")]
    [InlineData("do $$ begin")]
    [InlineData("select 1; /* abc")]
    [InlineData("copy t from stdin;\n1\n2")]
    public void What_is_never_closed_ends_with_the_text(string text) => Assert.NotEmpty(SqlParser.Read(text).ToList());

    [Fact]
    public void Changed_statements_never_make_the_parser_throw()
    {
        var folder = ProjectRoot.Combine("tests", "Plumbline.PostgreSql.Tests", "Sql", "Corpus");
        var corpus = string.Concat(Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var cases =
            from start in Gen.Choose(0, corpus.Length - 1)
            from length in Gen.Choose(1, 600)
            from place in Gen.Choose(0, 600)
            from inserted in Gen.Elements("'", "\"", "$$", "(", ")", ";", "\\", "\0", "\ud800", "/*", "E'\\", "select", "begin atomic", "from", ",", "[", ":")
            let piece = corpus.Substring(start, Math.Min(length, corpus.Length - start))
            select piece.Insert(Math.Min(place, piece.Length), inserted);
        Check.One(
            GeneratedValues.Config(3_000),
            Prop.ForAll(cases.ToArbitrary(), static text =>
            {
                var end = 0;
                foreach (var statement in SqlParser.Read(text))
                {
                    Assert.True(statement.Span.Start >= end && statement.Span.End <= text.Length);
                    end = statement.Span.End;
                }

                Assert.True(PlPgSqlParser.Parse(text) is { Block: null, Error: not null } or { Block: not null, Error: null });
                SqlParser.TryParseExpression(text, out _, out _);
            }));
    }
}
