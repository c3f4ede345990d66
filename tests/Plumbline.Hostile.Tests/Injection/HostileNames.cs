using System.Globalization;

namespace Plumbline.Hostile.Tests.Injection;

/// <summary>Names that a repository or a database can have, and that would act where they are shown.</summary>
internal static class HostileNames
{
    /// <summary>Every control character, and every character that turns text around or that nobody sees.</summary>
    public static IEnumerable<char> Controls =>
    [
        .. Enumerable.Range(1, 0x1F).Select(c => (char)c), '\u007F', .. Enumerable.Range(0x80, 0x20).Select(c => (char)c),
        '\u00AD', '\u034F', '\u061C', '\u115F', '\u180E', .. Range('\u200B', '\u200F'), .. Range('\u2028', '\u202E'), .. Range('\u2060', '\u2064'), .. Range('\u2066', '\u206F'),
        '\u2800', '\u3164', '\uFE0F', '\uFFA0', '\uFEFF', '\uFFF9', '\uFFFA', '\uFFFB',
    ];

    /// <summary>What the outputs have of markup and commands.</summary>
    public static IEnumerable<string> Markup =>
    [
        "\e[2J\e[1;31mREADY\e[0m", "\e]0;title\a", "\e]8;;https://example.org\e\\link\e]8;;\e\\", "\u009b2J", "\ePq#0\e\\", "\rREADY", "x\b\b\b",
        "\n::error file=a.ts::forged", "\r\n::add-mask::a", "\n  ::set-output name=a::b", "\n##[error]forged", "##[group]a", "::stop-commands::x", "a%0A::error::b", "a,title=b::c",
        "\n# forged", "\n- forged", "\n```\nforged\n```", "````", "|forged|cell|", "\n| a | b |\n|---|---|\n", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- ",
        "[a](javascript:alert(1))", "![a](https://example.org/a.png)", "](x)", "**a**", "__a__", "~~a~~", "\\", "`", "``a``", "&lt;", "\n\n    code", "\n---\n", "\n===\n", "$a$", "@team", "https://example.org",
        "\"},{\"rule\":\"forged\"", "\\u0022", "\\\"", "'); DROP TABLE a; --", "*/ DROP TABLE a; /*", "$$; DROP TABLE a; $$", "\n-- plumb-ignore all", "\U000E0041\U000E0042", "\U0001D173", "\n::group::##vso[a]",
    ];

    /// <summary>All of them, each with a name for the test.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var control in Controls)
                all.Add("U+" + ((int)control).ToString("X4", CultureInfo.InvariantCulture), "na" + control + "me");

            var number = 0;
            foreach (var markup in Markup)
                all.Add(string.Create(CultureInfo.InvariantCulture, $"markup {++number}"), "na" + markup + "me");

            return all;
        }
    }

    private static IEnumerable<char> Range(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
