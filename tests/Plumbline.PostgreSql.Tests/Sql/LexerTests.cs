using FsCheck;
using FsCheck.Fluent;
using Plumbline.PostgreSql.Sql.Lexing;
using Plumbline.Testing;

namespace Plumbline.PostgreSql.Tests.Sql;

/// <summary>"Lexical Structure" in PostgreSQL's documentation.</summary>
public sealed class LexerTests
{
    [Theory]
    [InlineData("a.b", "a . b")]
    [InlineData("a>=-1", "a >= - 1")]
    [InlineData("@-", "@-")]
    [InlineData("*/*c*/-", "* -")]
    [InlineData("1--2\n-3", "1 - 3")]
    [InlineData("+--x", "+")]
    [InlineData("a<->b", "a <-> b")]
    [InlineData("a=+1", "a = + 1")]
    [InlineData("1..10", "1 .. 10")]
    [InlineData("x::int:=2", "x :: int := 2")]
    [InlineData("/* a /* b */ c */ d", "d")]
    [InlineData("$1+$$a$b$$", "$1 + $$a$b$$")]
    [InlineData("$x$ $y$ $$ $x$", "$x$ $y$ $$ $x$")]
    [InlineData("a$b$c", "a$b$c")]
    [InlineData("1_000.5e-3 0x1F .5 5.", "1_000.5e-3 0x1F .5 5.")]
    [InlineData("E'a\\'b' 'c''d' U&'e' \"f\"\"g\" B'1' x'F'", "E'a\\'b' 'c''d' U&'e' \"f\"\"g\" B'1' x'F'")]
    [InlineData("ünï_1 名前", "ünï_1 名前")]
    [InlineData("\uFEFFselect", "select")]
    public void Text_is_cut_into_tokens(string text, string tokens) =>
        Assert.Equal(tokens, string.Join(' ', Tokens(text).Select(token => text[token.Start..token.End])));

    [Theory]
    [InlineData("'a'\n'b'", "ab")]
    [InlineData("'a' -- c\r\n  'b'''", "ab'")]
    [InlineData("E'\\x41\\101\\n\\u00e9\\U0001F600\\'\\z'", "AA\né😀'z")]
    [InlineData("E'\\xC3\\xA9'", "é")]
    [InlineData("E'\\uD83D\\uDE00'", "😀")]
    [InlineData("U&'d\\0061t\\+000061\\\\'", "data\\")]
    [InlineData("$q$a'b\\c$q$", "a'b\\c")]
    [InlineData("B'01'", "b01")]
    public void A_string_has_a_value(string text, string value) => Assert.Equal(value, TokenText.ReadString(text, Assert.Single(Tokens(text))));

    [Theory]
    [InlineData("Foo", "foo")]
    [InlineData("ÄÖ_X", "ÄÖ_x")]
    [InlineData("\"Foo \"\"Bar\"", "Foo \"Bar")]
    [InlineData("U&\"\\0041b\"", "Ab")]
    public void A_name_is_folded_unless_quoted(string text, string name) =>
        Assert.Equal(name, TokenText.ReadIdentifier(text, Assert.Single(Tokens(text))).Name);

    [Fact]
    public void A_name_is_cut_to_63_bytes_but_never_within_a_character()
    {
        var text = new string('a', 62) + "é" + "b";
        var name = TokenText.ReadIdentifier(text, Assert.Single(Tokens(text)));
        Assert.Equal(new string('a', 62), name.Name);
        Assert.Equal(text, name.Uncut);
    }

    [Theory]
    [InlineData("'abc", "unterminated quoted string at or near \"'abc\"")]
    [InlineData("/* a /* b */", "unterminated /* comment at or near \"/* a /* b */\"")]
    [InlineData("$x$ $y$", "unterminated dollar-quoted string at or near \"$x$ $y$\"")]
    [InlineData("\"ab", "unterminated quoted identifier at or near \"\"ab\"")]
    [InlineData("\"\"", "zero-length delimited identifier at or near \"\"\"\"")]
    [InlineData("B'01", "unterminated bit string literal at or near \"B'01\"")]
    [InlineData("X'1", "unterminated hexadecimal string literal at or near \"X'1\"")]
    [InlineData("123abc", "trailing junk after numeric literal at or near \"123abc\"")]
    [InlineData("0x", "invalid hexadecimal integer at or near \"0x\"")]
    [InlineData("$1a", "trailing junk after parameter at or near \"$1a\"")]
    public void What_the_scanner_refuses_has_its_message(string text, string message)
    {
        var token = Tokens(text)[0];
        Assert.Equal(TokenKind.Error, token.Kind);
        Assert.Equal(message, SqlLexer.Explain(text, token).Message);
    }

    [Fact]
    public void The_tokens_of_any_text_cover_it_without_gaps()
    {
        var pieces = Gen.Elements("select", " ", "'", "\"", "$$", "$a$", "--", "/*", "*/", "\n", "E'",
            "\\", "U&\"", "1e", "0x", "..", "::", "@-", "é", "\ud800", ";", "(");
        Check.One(
            GeneratedValues.Config(2_000),
            Prop.ForAll(Gen.ArrayOf(pieces).Select(string.Concat).ToArbitrary(), text =>
            {
                var lexer = new SqlLexer(text, 0, text.Length);
                var position = 0;
                for (var token = lexer.NextWithTrivia(); token.Kind != TokenKind.End; token = lexer.NextWithTrivia())
                {
                    Assert.Equal(position, token.Start);
                    Assert.True(token.End > token.Start);
                    position = token.End;
                }

                Assert.Equal(text.Length, position);
            }));
    }

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        var lexer = new SqlLexer(text, 0, text.Length);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            tokens.Add(token);
        }

        return tokens;
    }
}
