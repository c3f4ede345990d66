using Plumbline.TypeScript.Syntax;

namespace Plumbline.TypeScript.Tests.Syntax;

public sealed class ScriptTokensTests
{
    [Theory]
    [InlineData("a = 'b'", "Word a|Punctuation =|Literal b")]
    [InlineData("// no\n/* neither */ $x_1", "Word $x_1")]
    [InlineData("\"it's\"", "Literal it's")]
    [InlineData("'a\\'b\\n'", "Literal a'b\n")]
    [InlineData("`${root}/a`", "Literal a")]
    [InlineData("'open\nnext", "Literal open|Word next")]
    public void A_script_is_words_texts_and_single_signs(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', ScriptTokens.Of(text).Select(token => $"{token.Kind} {token.Text}")));

    [Fact]
    public void A_token_knows_where_it_stands()
    {
        const string text = "x: `a${b}c`, 'd'";
        Assert.Equal(["x", ":", "`a${b}c`", ",", "'d'"], ScriptTokens.Of(text).Select(token => text.Substring(token.Span.Start, token.Span.Length)));
    }
}
