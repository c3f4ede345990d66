using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>Each character that is shown as nothing is shown as an escape, and no other one is.</summary>
public sealed class InvisibleCharacterTests
{
    // Unicode Character Database, "DerivedCoreProperties.txt": Default_Ignorable_Code_Point.
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
        (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    [Fact]
    public void Every_one_is_escaped()
    {
        for (var code = 0; code <= 0x10FFFF; code++)
        {
            if (!Rune.IsValid(code) || code is '\t' or '\n')
            {
                continue;
            }

            var rune = new Rune(code);
            var isHidden = Array.Exists(Ignorable, range => code >= range.First && code <= range.Last) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || code is (>= 0xFFF9 and <= 0xFFFB) or 0x2800;
            var text = "a" + rune + "b";
            var expected = isHidden ? "a" + string.Concat(rune.ToString().Select(InertText.EscapeOf)) + "b" : text;
            if (InertText.Escape(text) != expected)
            {
                Assert.Fail($"U+{code:X4} is shown as {InertText.Escape(text)}");
            }
        }
    }

    [Theory]
    [InlineData("clef \U0001D11E and null \U0001D159", "clef \U0001D11E and null \U0001D159")]
    [InlineData("\U0001D11E\U0001D173x", "\U0001D11E\\uD834\\uDD73x")]
    [InlineData("\U0001BC00\U0001BCA3", "\U0001BC00\\uD82F\\uDCA3")]
    [InlineData("a\u3164b\u034Fc\uFE0F", "a\\u3164b\\u034Fc\\uFE0F")]
    [InlineData("a\u2800b\u115Fc\u1160d\uFFA0", "a\\u2800b\\u115Fc\\u1160d\\uFFA0")]
    public void Pairs_are_escaped_as_a_whole_or_not_at_all(string text, string expected) => Assert.Equal(expected, InertText.Escape(text));
}
