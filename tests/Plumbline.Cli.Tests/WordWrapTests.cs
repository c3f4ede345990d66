using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Tests;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("one two three", 8, "one two|three")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("a prisma/migrations/20250610000000_init/migration.sql:1:1 b", 10, "a|prisma/migrations/20250610000000_init/migration.sql:1:1|b")]
    [InlineData("drop \"my own table\" now", 10, "drop|\"my own table\"|now")]
    [InlineData("it isn't a name", 8, "it isn't|a name")]
    [InlineData("日本 日本 日本", 5, "日本|日本|日本")]
    [InlineData("", 5, "")]
    public void Lines_break_at_blanks_and_never_inside_a_word_path_or_quoted_name(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', WordWrap.Lines(text, width, width)));

    [Fact]
    public void The_first_line_may_be_shorter() => Assert.Equal(["one", "two three"], WordWrap.Lines("one two three", 4, 9));
}
