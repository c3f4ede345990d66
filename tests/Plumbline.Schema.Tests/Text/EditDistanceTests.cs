using Plumbline.Schema.Text;

namespace Plumbline.Schema.Tests.Text;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("severity", "sverity", 1)]
    [InlineData("high", "hihg", 2)]
    [InlineData("High", "high", 1)]
    public void Letters_are_inserted_dropped_and_replaced(string left, string right, int expected)
    {
        Assert.Equal(expected, EditDistance.Of(left, right));
        Assert.Equal(expected, EditDistance.Of(right, left));
    }

    [Theory]
    [InlineData("high", "hihg", 1)]
    [InlineData("High", "hIHg", 1)]
    [InlineData("ca", "abc", 3)]
    public void Slips_of_the_fingers_count_once(string left, string right, int expected) => Assert.Equal(expected, EditDistance.Of(left, right, swapsNeighbors: true));

    [Fact]
    public void Names_of_any_length_are_compared() => Assert.Equal(1, EditDistance.Of(new string('a', 5000), new string('a', 4999)));

    [Fact]
    public void Beyond_the_limit_only_that_is_known()
    {
        Assert.Equal(3, EditDistance.Of("a", "abcdef", limit: 2));
        Assert.True(EditDistance.Of("abcdef", "uvwxyz", limit: 2) > 2);
    }
}
