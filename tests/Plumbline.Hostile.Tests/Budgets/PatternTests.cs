using Plumbline.Audit.Connections;
using Plumbline.Audit.Connections.Credentials;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>Texts for which a pattern that can match in many ways would take for ever. Each of these cases took from ten seconds to hours.</summary>
[Collection(nameof(LargeInputs))]
public sealed class PatternTests
{
    private const int Long = 200_000;

    public static TheoryData<string> Lines() =>
    [
        "x" + new string(' ', 2_000) + "postgres ://",
        string.Concat(Enumerable.Repeat("a" + new string(' ', 20), 180)) + "postgres",
        string.Concat(Enumerable.Repeat("a=", 1_900)) + "$",
        string.Concat(Enumerable.Repeat("${{", 1_300)),
        string.Concat(Enumerable.Repeat("a.", 1_900)) + " =",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_of_settings_is_gone_over_once(string line) =>
        Assert.Empty(ConnectionText.Find(new SourceText("compose.yml", line), _ => true));

    [Theory]
    [InlineData("a(", ")", "\nb")]
    [InlineData("a(", "(", "\n\n")]
    [InlineData("", " ", "(\nb")]
    public void The_name_of_an_unsupported_type_may_be_long(string start, string repeated, string end)
    {
        var name = (start + string.Concat(Enumerable.Repeat(repeated, Long)) + end).Replace("\n", "\\n", StringComparison.Ordinal);
        var schema = PrismaSchema.Read([new SourceText("schema.prisma", $"datasource db {{\n  provider = \"postgresql\"\n}}\nmodel A {{\n  id Int @id\n  a Unsupported(\"{name}\")?\n}}\n")]);
        Assert.False(schema.HasErrors);
    }

    [Theory]
    [InlineData("PASSWORD")]
    [InlineData("A_PASSWORD_")]
    public void A_name_may_hold_the_word_often(string word) =>
        Assert.Empty(CredentialText.Find(new SourceText(".env.example", string.Concat(Enumerable.Repeat(word, 40_000)) + "=x"), CredentialPlace.Template));

    [Theory]
    [InlineData("/*")]
    [InlineData("/* {{ ")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("{{ ")]
    [InlineData("${a")]
    [InlineData("__A")]
    public void What_is_not_closed_is_looked_for_once(string sign) =>
        Assert.Null(Placeholders.Find("{{" + string.Concat(Enumerable.Repeat(sign, Long))));

    [Fact]
    public void Tags_that_are_not_closed_are_looked_for_once()
    {
        static string Letters(int i) => new([.. i.ToString(System.Globalization.CultureInfo.InvariantCulture).Select(c => (char)('a' + c - '0'))]);
        Assert.NotNull(Placeholders.Find(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"${Letters(i)}$ ")) + "{{ a }}"));
    }

    [Theory]
    [InlineData("$a$ {{ x }} $a$ ''", false)]
    [InlineData("'{{ x }}' -- {{ x }}\n /* {{ x }} */", false)]
    [InlineData("$a$ {{ x }}", true)]
    [InlineData("it's {{ x }}' {{ y }}", true)]
    [InlineData("/* {{ x }}", true)]
    [InlineData("/* tenant */.\"User\"", true)]
    public void Quotes_and_comments_hold_no_placeholders(string text, bool isFound) => Assert.Equal(isFound, Placeholders.Find(text) is not null);

    [Theory]
    [InlineData("a := btrim(repeat('x', 500000), repeat('y', 500000))")]
    [InlineData("FOR i IN 1..60 LOOP b := string_to_array(repeat('x,', 400000), ','); a := a || b[1]; END LOOP")]
    [InlineData("FOR i IN 1..6000 LOOP a := regexp_replace(repeat('a', 30000), '(a?){500}b', 'x'); END LOOP")]
    [InlineData("SELECT count(*)::text INTO a FROM (SELECT DISTINCT ARRAY[g] FROM generate_series(1, 150000) g) x")]
    public void Functions_of_blocks_are_counted(string body)
    {
        var replayed = MigrationReplay.Run([new MigrationSource("history", new SourceText("m.sql", $"DO $$ DECLARE a text := ''; b text[]; BEGIN {body}; EXECUTE 'CREATE TABLE x' || length(a) || ' (a int)'; END $$;"))]);
        Assert.True(replayed.Outcomes[0].Kind == OutcomeKind.Done || replayed.Outcomes[0].ExceedsBudget, replayed.Outcomes[0].Reason);
    }
}
