using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Plumbline.Audit.Connections.Dotenv;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Connections;

[Trait("needs", "node")]
public sealed class DotenvTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("A = spaced out  ", "spaced out")]
    [InlineData("export A=1", "1")]
    [InlineData("A: yaml", "yaml")]
    [InlineData("A='single $B \\n'", "single $B \\n")]
    [InlineData("A=\"two\\nlines\"", "two\nlines")]
    [InlineData("A=\"over\ntwo lines\" # comment", "over\ntwo lines")]
    [InlineData("A=`it's \"both\"`", "it's \"both\"")]
    [InlineData("A=value # comment", "value")]
    [InlineData("A=pa#ss", "pa")]
    [InlineData("A='pa#ss'", "pa#ss")]
    [InlineData("A=\"never closed", "\"never closed")]
    [InlineData("A='a' b'", "a' b")]
    [InlineData("A=", "")]
    [InlineData("A=# nothing", "")]
    [InlineData("A=\r\nB=2", "")]
    [InlineData("A=1\nA=2", "2")]
    public void A_value_is_read_as_dotenv_reads_it(string text, string expected) =>
        Assert.Equal(expected, DotenvReader.Read(new SourceText(".env", text)).Last(e => e.Name == "A").Value);

    [Theory]
    [InlineData("# A=1")]
    [InlineData("A")]
    [InlineData("A B=1")]
    [InlineData("=1")]
    public void What_is_no_assignment_is_passed_over(string text) => Assert.Empty(DotenvReader.Read(new SourceText(".env", text)));

    [Fact]
    public void A_variable_knows_where_it_stands()
    {
        var entry = Assert.Single(DotenvReader.Read(new SourceText(".env", "# first\n  export URL = \"a\n b\" # end\n")));
        Assert.Equal(new SourceLocation(".env", 2, 10, 3, 4), entry.Location);
    }

    [Theory]
    [InlineData("A=pa#ss", true)]
    [InlineData("A=pass #comment", false)]
    [InlineData("A='pa#ss'", false)]
    public void A_value_that_its_hash_cuts_off_is_known(string text, bool isCut) =>
        Assert.Equal(isCut, Assert.Single(DotenvReader.Read(new SourceText(".env", text))).IsCut);

    [Theory]
    [InlineData("B=x\nA=${B}y", "xy")]
    [InlineData("A=$B!\nB=later", "later!")]
    [InlineData("A=${NONE:-default}", "default")]
    [InlineData("B=x\nA=${B:+set}", "set")]
    [InlineData("A=\\$B\nB=x", "$B")]
    [InlineData("A='${P}'", "of the process")]
    [InlineData("A=${A}", "")]
    [InlineData("Q=file\nA=${Q}", "process wins")]
    public void Variables_are_replaced_as_dotenv_expand_does(string text, string expected) =>
        Assert.Equal(expected, Expand(text, new() { ["P"] = "of the process", ["Q"] = "process wins" })["A"]);

    [Fact]
    public void A_variable_that_grows_for_ever_is_cut_off() =>
        Assert.True(Expand("C=${A}", new() { ["A"] = "${B}x", ["B"] = "${A}y" })["C"].Length < 1 << 20);

    [Fact]
    public void Generated_files_are_read_as_dotenv_and_dotenv_expand_read_them()
    {
        using var oracle = new NodeOracle("dotenv.mjs");
        var process = new Dictionary<string, string> { ["P"] = "p${B}", ["B"] = "b$$b" };
        var piece = Gen.Elements(
            "A",
            "B",
            "C",
            "P",
            "=",
            "=",
            "=",
            ":",
            " ",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "\t",
            "'",
            "\"",
            "`",
            "\\",
            "\\n",
            "#",
            "$",
            "${",
            "}",
            ":-",
            "+",
            "export ",
            "x",
            "1.",
            "-",
            "\u00a0",
            "é");
        var line =
            from key in Gen.Elements("A", "B", "C", "export A", "D.E")
            from sign in Gen.Elements("=", " = ", ": ")
            from value in Text(piece, 6)
            select key
                + sign + value + "\n";
        Check.One(
            GeneratedValues.Config(3000),
            Prop.ForAll(Arb.From(Text(Gen.OneOf(piece, line), 14)), text =>
            {
                using var answer = JsonDocument.Parse(oracle.Ask(JsonSerializer.Serialize(new { text, process })));
                var read = new Dictionary<string, string>();
                foreach (var entry in DotenvReader.Read(new SourceText(".env", text)))
                    read[entry.Name] = entry.Value;

                return Equal(answer.RootElement.GetProperty("parsed"), read).Label("read " + JsonSerializer.Serialize(read) + answer.RootElement)
                    .And(Equal(
                        answer.RootElement.GetProperty("expanded"),
                        Expand(text, process)).Label("expanded " + JsonSerializer.Serialize(Expand(text, process)) + answer.RootElement))
                    .Label(JsonSerializer.Serialize(text));
            }));

        static Gen<string> Text(Gen<string> pieces, int most) => pieces.ListOf().Select(list => string.Concat(list.Take(most)));
    }

    private static bool Equal(JsonElement expected, Dictionary<string, string> actual) =>
        expected.EnumerateObject().Select(p => (p.Name, p.Value.GetString())).OrderBy(p => p.Name, StringComparer.Ordinal)
            .SequenceEqual(actual.Select(p => (p.Key, (string?)p.Value)).OrderBy(p => p.Key, StringComparer.Ordinal));

    private static Dictionary<string, string> Expand(string text, Dictionary<string, string> process) =>
        DotenvExpansion.Expand(DotenvReader.Read(new SourceText(".env", text)), process.GetValueOrDefault, new ExpansionBudget());
}
