using Plumbline.Audit.Configuration;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Configuration;

public sealed class ConfigurationReaderTests
{
    private static readonly string[] Rules = ["drift/missing-column", "index/unindexed-foreign-key", "naming/table-name"];

    [Fact]
    public void Every_key_is_read()
    {
        var configuration = Read("""
            version: 1
            projects:
              - name: app
                schema: app/prisma/schema.prisma
                migrations: app/prisma/migrations
              - { name: monitor, schema: monitor/schema.prisma }
            postgres: 16
            platform: supabase
            shared-database: [[app, monitor]]
            ignore: ["**/generated/**"]
            rules:
              index/unindexed-foreign-key: { severity: high }
              naming/table-name: off
              drift/missing-column: low
            """);
        Assert.Equal(["app", "monitor"], configuration.Projects.Select(project => project.Name));
        Assert.Equal((16, Platform.Supabase), (configuration.PostgreSqlVersion, configuration.Platform));
        Assert.Equal(new RuleSetting(false, Severity.High), configuration.Rules["index/unindexed-foreign-key"]);
        Assert.Equal(new RuleSetting(true), configuration.Rules["naming/table-name"]);
        Assert.Equal(new RuleSetting(false, Severity.Low), configuration.Rules["drift/missing-column"]);
    }

    [Theory]
    [InlineData("postgres: 16.4", 16)]
    [InlineData("postgres: '12'", 12)]
    public void A_version_may_have_a_minor_part(string text, int expected) => Assert.Equal(expected, Read(text).PostgreSqlVersion);

    [Theory]
    [InlineData("off")]
    [InlineData("{ severity: off }")]
    [InlineData("{ severity: 'off' }")]
    public void A_rule_is_switched_off(string value) => Assert.Equal(new RuleSetting(true), Read("rules:\n  naming/table-name: " + value).Rules["naming/table-name"]);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("version: 1\nprojects:\n")]
    public void A_file_may_say_nothing(string text) => Assert.Empty(Read(text).Projects);

    [Theory]
    [InlineData("versoin: 1", "1:1: error: There is no key \"versoin\". Did you mean \"version\"?")]
    [InlineData("version: 2", "1:10: error: Only version 1 of the configuration is supported.")]
    [InlineData("projects:\n  - shema: a", "2:5: error: There is no key of a project \"shema\". Did you mean \"schema\"?")]
    [InlineData("projects:\n  - name: a", "2:5: error: A project needs \"schema\" or \"migrations\".")]
    [InlineData("rules:\n  drift/mising-column: off", "2:3: error: There is no rule \"drift/mising-column\". Did you mean \"drift/missing-column\"?")]
    [InlineData("rules:\n  table-name: off", "2:3: error: There is no rule \"table-name\". Did you mean \"naming/table-name\"?")]
    [InlineData("rules:\n  naming/table-name: { severity: hihg }", "2:34: error: There is no severity \"hihg\". Did you mean \"high\"?")]
    [InlineData("rules:\n  naming/table-name: { sverity: high }", "2:24: error: There is no key of a rule \"sverity\". Did you mean \"severity\"?")]
    [InlineData("platform: superbase", "1:11: error: There is no platform \"superbase\". Did you mean \"supabase\"?")]
    [InlineData("postgres: new", "1:11: error: \"new\" is not a PostgreSQL version; write the major version, such as 16.")]
    [InlineData("postgres: 16.x", "1:11: error: \"16.x\" is not a PostgreSQL version; write the major version, such as 16.")]
    [InlineData("postgres: 9", "1:11: error: PostgreSQL 9 is not supported; write a major version from 12 to 18.")]
    [InlineData("postgres: 99", "1:11: error: PostgreSQL 99 is not supported; write a major version from 12 to 18.")]
    [InlineData("ignore: a", "1:9: error: \"ignore\" must be a list, but this is a single value.")]
    [InlineData("rules: [a]", "1:8: error: \"rules\" must be a mapping, but this is a list.")]
    [InlineData("database: postgres:u:hunter2@h/db", "1:11: error: The value of \"database\" must be the name of a variable, or a URL that begins with postgresql://.")]
    [InlineData("database: u:hunter2@h/db", "1:11: error: The value of \"database\" must be the name of a variable, or a URL that begins with postgresql://.")]
    [InlineData("database: $DATABASE_URL", "1:11: error: The value of \"database\" must be the name of a variable, or a URL that begins with postgresql://.")]
    [InlineData("shared-database: [[app, monitr]]\nprojects: [{name: app, schema: a}, {name: monitor, schema: b}]", "1:25: error: There is no project \"monitr\". Did you mean \"monitor\"?")]
    [InlineData("ignore: []\nignore: []", "2:1: error: The key \"ignore\" appears twice.")]
    [InlineData("rules:\n  naming/table-name: { severity: [high] }", "2:34: error: \"severity\" must be a single, non-empty value.")]
    [InlineData("tenant: { column: shop_id }", "1:1: error: The key \"tenant\" is not supported yet and has no effect.")]
    [InlineData("target: a.yaml", "1:1: error: The key \"target\" is not supported yet and has no effect.")]
    [InlineData("documents: [a.md]", "1:1: error: The key \"documents\" is not supported yet and has no effect.")]
    [InlineData("repair: { values: { a.b: '1' } }", "1:1: error: The key \"repair\" is not supported yet and has no effect.")]
    [InlineData("invariants: []", "1:1: error: The key \"invariants\" is not supported yet and has no effect.")]
    [InlineData("projects: [{ schema: a, code: [b] }]", "1:25: error: The key of a project \"code\" is not supported yet and has no effect.")]
    [InlineData("ignore: &a [x]", "1:9: error: Anchors and aliases are not supported; write the value out.")]
    [InlineData("- a", "1:1: error: The file must contain keys with values, such as \"version: 1\".")]
    [InlineData("version: 1\n---\nversion: 1", "2:1: error: The file contains more than one document.")]
    public void What_is_wrong_is_told_with_its_place_and_the_nearest_right_one(string text, string expected) =>
        Assert.Equal("plumb.yaml:" + expected, Assert.Throws<InputException>(() => Read(text)).Diagnostic!.ToString());

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var errors = Assert.Throws<InputException>(() => Read("""
            versoin: 1
            postgres: x
            projects: [{ name: a }, b]
            ignore: a
            platform: [none]
            rules:
              naming/table-nam: off
              naming/table-name: { severity: hihg, x: y }
            invariants: []
            ignore: *a
            """)).Diagnostics;
        Assert.Equal(
            ["1:1", "2:11", "3:12", "3:25", "4:9", "5:11", "7:3", "8:34", "8:40", "9:1", "10:1", "10:9"],
            errors.Select(error => $"{error.Location.Line}:{error.Location.Column}"));
    }

    [Theory]
    [InlineData("platform: superbase", "Known: none, supabase.")]
    [InlineData("rules:\n  naming/table-name: hihg", "Known: critical, high, medium, low, info, off.")]
    [InlineData("rules:\n  table: off", "\"plumb rules\" lists the rules.")]
    [InlineData("shared-database: [[a, c]]\nprojects: [{ name: a, schema: s }, { name: b, schema: t }]", "Known: a, b.")]
    [InlineData("documents: []", "Remove it.")]
    public void What_would_be_right_is_listed(string text, string expected) => Assert.Equal(expected, Assert.Throws<InputException>(() => Read(text)).Diagnostic!.Hint);

    [Theory]
    [InlineData("ignore: [a }")]
    [InlineData("ignore: \"a")]
    [InlineData("a: b: c")]
    [InlineData("\t- a")]
    [InlineData(":\n{\np")]
    [InlineData("!<>")]
    [InlineData("%TAG")]
    public void What_is_no_yaml_is_told_with_its_place(string text) =>
        Assert.StartsWith("plumb.yaml:1:", Assert.Throws<InputException>(() => Read(text)).Diagnostic!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void Values_nested_without_end_are_refused() =>
        Assert.Contains("too deeply", Assert.Throws<InputException>(() => Read("ignore: " + new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_nearest_file_upwards_counts_as_far_as_the_repository_goes()
    {
        using var repository = new TemporaryRepository("a/b/x.sql").Write("plumb.yaml", "postgres: 14").Git("init", "-q");
        Assert.Equal(14, ConfigurationReader.ForFolder(repository.PathOf("a/b"), Rules).PostgreSqlVersion);
        repository.Write("a/plumb.yaml", "postgres: x");
        Assert.Equal("../plumb.yaml", Assert.Throws<InputException>(() => ConfigurationReader.ForFolder(repository.PathOf("a/b"), Rules)).Diagnostic!.Location.Path);
    }

    [Fact]
    public void The_nearest_name_is_looked_for_a_number_of_times()
    {
        var errors = Assert.Throws<InputException>(() => Read("rules:\n" + string.Concat(Enumerable.Range(0, 150).Select(i => $"  naming/table-nam{i}: off\n")))).Diagnostics;
        Assert.Equal(150, errors.Length);
        Assert.Equal(ReadingBudget.NearestNames, errors.Count(error => error.Message.EndsWith("Did you mean \"naming/table-name\"?", StringComparison.Ordinal)));
    }

    private static AuditConfiguration Read(string text) => ConfigurationReader.Read(new SourceText("plumb.yaml", text), Rules);
}
