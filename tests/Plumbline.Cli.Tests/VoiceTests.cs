using System.Text.RegularExpressions;
using Plumbline.Audit.Rules;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Everything that users read is in plain American engineering English.</summary>
public sealed class VoiceTests
{
    private static readonly string[] Examples = [.. Directory.GetDirectories(ProjectRoot.Combine("examples")).Order(StringComparer.Ordinal)];

    // Archaic or metaphoric words, and "is no NOUN" for "is not a NOUN".
    private static readonly Regex Banned = new(
        """
        \bmend(s|ed|ing)?\b | \bgrave(r|st)\b | \bwhoever\b | \blest\b | \bupon\b | \bthereby\b | \bmight\ as\ well\b |
        \b(is|are|was|were)\ told\b | \btells\b | \b(hold|holds|held)\ (\w+\ ){1,5}against\b | \byou\ stand\b | \bnothing\ stands\b | \bstands?\ (in|here|there|between)\b |
        \bthe\ two\ part\b | \btaken\ (as|to\ be|back)\b | \bin\ its\ place\b | \bleaves?\ no\ such\b | \bpast\ the\ migrations\b | \bcome\ to\ (point|its)\b |
        \brows\ that\ are\ there\b | \bno\ row\ is\ touched\b | \brows\ apart\b | \bAs\ it\ should\ be\b | \bHow\ to\ mend\b | \bWhen\ to\ switch\ it\ off\b |
        \bcame\ after\ this\ revision\b | \bat\ hand\b | \bpassed\ over\b | \bmade\ otherwise\b | \bother\ things?\ than\b | \banother\ \w+\ than\b | \bleft\ alone\b |
        \bin\ silence\b | \bnothing\ of\ it\b | \bno\ news\b | (?-i:\bLook)\ (at|whether)\b | \b(it|that|this|which)\ is\ no\ (?!longer\b)
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Disagreeing = new(
        @"(?<![\w.,:/$-])1 (more )?(findings|occurrences|places|statements|migrations|tables|columns|indexes|keys|differences|errors|values|files|notes|checks|rows|lines|rules|projects|enums|models|fields)\b|\b1 \w+ (are|have|were)\b",
        RegexOptions.CultureInvariant);

    public static TheoryData<string> Rules => [.. RuleCatalog.Descriptors.Select(rule => rule.Name)];

    public static TheoryData<string> Commands => ["--help", "audit --help", "baseline --help", "diff --help", "inspect --help", "status --help", "url --help", "rules --help", "explain --help", "rules"];

    public static TheoryData<string> Documents => ["README.md", "CHANGELOG.md", "ARCHITECTURE.md", "SECURITY.md"];

    public static TheoryData<string> Repositories => [.. Examples.Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_explains_itself_in_plain_English(string rule) => Check(Plumb.Run("explain", rule).Output);

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_help_is_in_plain_English(string call) => Check(Plumb.Run(call.Split(' ')).Output);

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_is_in_plain_English(string path) => Check(File.ReadAllText(ProjectRoot.Combine(path)));

    [Theory]
    [MemberData(nameof(Repositories))]
    public void Reports_are_in_plain_English(string example)
    {
        var folder = ProjectRoot.Combine("examples", example);
        foreach (var format in new[] { "terminal", "markdown", "github" })
            Check(Plumb.Run("audit", folder, "--verbose", "--format", format).Output);

        Check(Plumb.Run("url", folder).Output);
    }

    [Theory]
    [InlineData("What mends it is told by the rule.")]
    [InlineData("1 findings of this severity or graver")]
    [InlineData("It is no source.")]
    public void The_check_finds_what_it_is_for(string text) => Assert.NotEmpty(Faults(text));

    private static void Check(string text)
    {
        Assert.NotEmpty(text);
        Assert.Empty(Faults(text));
    }

    // Code of the repositories and examples may say what it likes: fenced blocks, excerpts and quoted names are left out.
    private static List<string> Faults(string text)
    {
        var prose = Regex.Replace(text, "^(```|~~~~*).*?^\\1`*\\s*$", "", RegexOptions.Multiline | RegexOptions.Singleline);
        prose = Regex.Replace(prose, @"`[^`\n]*`|""[^""\n]*""", "…");
        prose = string.Join('\n', prose.Split('\n').Where(line => !Regex.IsMatch(line, @"^\s*\d+ │")));
        return [.. Banned.Matches(prose).Concat(Disagreeing.Matches(prose)).Select(match => prose[Math.Max(0, match.Index - 60)..Math.Min(prose.Length, match.Index + match.Length + 60)].ReplaceLineEndings(" "))];
    }
}
