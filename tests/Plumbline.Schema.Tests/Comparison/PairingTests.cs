using Plumbline.Schema.Comparison.Objects;

namespace Plumbline.Schema.Tests.Comparison;

public sealed class PairingTests
{
    // Letters are keys; a number behind one tells two of the same key apart.
    [Theory]
    [InlineData("a b c", "a b c", "a=a b=b c=c", "", "")]
    [InlineData("", "a", "", "", "a")]
    [InlineData("a", "", "", "a", "")]
    [InlineData("a b c", "a c", "a=a c=c", "b", "")]
    [InlineData("a c", "a b c", "a=a c=c", "", "b")]
    [InlineData("a b c", "c b a", "a=a b=b c=c", "", "")]
    [InlineData("a1 a2 b", "a3 b", "a1=a3 b=b", "a2", "")]
    [InlineData("a1 b", "a2 a3 b", "a1=a2 b=b", "", "a3")]
    [InlineData("a1 b1 a2 b2", "a3 b3 b4 a4", "a1=a3 b1=b3 a2=a4 b2=b4", "", "")]
    public void What_has_equal_keys_is_paired_once_in_the_order_of_the_first_list(string from, string to, string pairs, string onlyFrom, string onlyTo)
    {
        var pairing = Pairing<string>.By(Words(from), Words(to), word => word[0]);
        Assert.Equal(pairs, string.Join(' ', pairing.Pairs.Select(p => $"{p.From}={p.To}")));
        Assert.Equal((onlyFrom, onlyTo), (string.Join(' ', pairing.OnlyFrom), string.Join(' ', pairing.OnlyTo)));
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
