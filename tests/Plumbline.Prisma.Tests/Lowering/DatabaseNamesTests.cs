using System.Text;
using FsCheck.Fluent;
using Plumbline.Prisma.Lowering;

namespace Plumbline.Prisma.Tests.Lowering;

public sealed class DatabaseNamesTests
{
    [Fact]
    public void A_name_of_63_bytes_stays_and_a_longer_one_is_cut()
    {
        Assert.Equal(new string('a', 63), DatabaseNames.Cut(new string('a', 63)));
        Assert.Equal(new string('a', 63), DatabaseNames.Cut(new string('a', 64)));
    }

    [Fact]
    public void A_name_is_never_cut_within_a_character()
    {
        Assert.Equal(new string('ä', 31), DatabaseNames.Cut(new string('ä', 40)));
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", 15)), DatabaseNames.Cut(string.Concat(Enumerable.Repeat("😀", 40))));
    }

    [Fact]
    public void A_cut_name_is_a_beginning_of_at_most_63_bytes_of_it() => Check.Property(
        ArbMap.Default.ArbFor<string>(),
        name =>
        {
            var text = string.Concat(Enumerable.Repeat(name ?? "", 8));
            var cut = DatabaseNames.Cut(text);
            return text.StartsWith(cut, StringComparison.Ordinal) && Encoding.UTF8.GetByteCount(cut) <= 63;
        });

    [Theory]
    [InlineData("User", "id", "User_id_seq")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "id", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_id_seq")]
    [InlineData(
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbbbbbbbbb_seq")]
    public void The_longer_of_table_and_column_is_shortened_until_a_generated_name_fits(string table, string column, string expected) =>
        Assert.Equal(expected, DatabaseNames.ForColumn(table, column, "seq"));

    [Theory]
    [InlineData("users", "users")]
    [InlineData("User", "\"User\"")]
    [InlineData("user", "\"user\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("1a", "\"1a\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("_a1", "_a1")]
    [InlineData("name", "name")]
    public void Names_are_quoted_where_they_need_it(string name, string expected) => Assert.Equal(expected, DatabaseNames.Quote(name));
}
