using Plumbline.Audit.Configuration;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Configuration;

public sealed class BaselineFileTests
{
    private static readonly DateOnly Day = new(2026, 1, 31);

    [Fact]
    public void Occurrences_stand_one_a_line_sorted_by_rule_and_subject() => Assert.Equal(
        """
        {
          "version": 1,
          "accepted": [
            { "fingerprint": "b", "rule": "drift/index", "subject": "users.a", "date": "2026-01-31" },
            { "fingerprint": "a", "rule": "drift/unique", "subject": "posts.\"b\"", "date": "2026-01-31" }
          ]
        }

        """,
        new BaselineFile([]).With([new("a", "drift/unique", "posts.\"b\"", Day), new("b", "drift/index", "users.a", Day)]).ToString());

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var repository = new TemporaryRepository();
        var baseline = new BaselineFile([new("a", "drift/unique", "posts → b", Day, "waits for \"v2\"", Day.AddDays(1)), new("b", "drift/index", "users.a", Day)]);
        repository.Write(BaselineFile.FileName, baseline.ToString());
        Assert.Equal(baseline.Entries, BaselineFile.ForFolder(repository.Root, repository.Root).Entries);
    }

    [Fact]
    public void An_occurrence_keeps_its_day_reason_and_expiry_and_goes_when_it_is_fixed()
    {
        var old = new BaselineEntry("a", "drift/unique", "posts.b", Day, "reason", Day.AddDays(9));
        var gone = new BaselineEntry("x", "drift/unique", "posts.c", Day);
        Assert.Equal([old], new BaselineFile([old, gone]).With([new("a", "drift/unique", "posts.b", Day.AddDays(5))]).Entries);
    }

    [Fact]
    public void An_occurrence_is_accepted_until_its_last_day()
    {
        var baseline = new BaselineFile([new("a", "drift/unique", "posts.b", Day, Expires: Day)]);
        Assert.Equal(["a"], baseline.Accepted(Day));
        Assert.Empty(baseline.Accepted(Day.AddDays(1)));
    }

    [Fact]
    public void The_nearest_baseline_up_to_the_repository_is_read()
    {
        using var repository = new TemporaryRepository().Write("app/schema.prisma", "");
        repository.Write(BaselineFile.FileName, new BaselineFile([new("a", "drift/unique", "posts.b", Day)]).ToString());
        Assert.Single(BaselineFile.ForFolder(repository.PathOf("app"), repository.Root).Entries);
        Assert.Empty(BaselineFile.ForFolder(repository.PathOf("app"), repository.PathOf("app")).Entries);
    }

    [Theory]
    [InlineData("{\n  \"version\": 1,\n  \"accepted\": [\n    oops\n", 4, "is not valid JSON")]
    [InlineData("[]", 1, "has no \"version\": 1")]
    [InlineData("{ \"version\": 2, \"accepted\": [] }", 1, "has no \"version\": 1")]
    [InlineData("{ \"version\": 1 }", 1, "has no list \"accepted\"")]
    [InlineData("{\"version\":1,\"accepted\":[\n{\"fingerprint\":\"a\",\"rule\":\"r\",\"date\":\"2026-01-31\"},\n{\"rule\":\"r\"}]}", 3, "has an entry without \"fingerprint\"")]
    [InlineData("{\"version\":1,\"accepted\":[\n\n7]}", 3, "has an entry that is not an object")]
    [InlineData("{\"version\":1,\"accepted\":[\n{\"fingerprint\":\"a\",\"rule\":\"r\",\"date\":\"soon\"}]}", 2, "has a \"date\" that is not a date")]
    [InlineData("{\"version\":1,\"accepted\":[\n{\"fingerprint\":\"a\",\"rule\":\"r\",\"date\":\"2026-01-31\"},\n{\"fingerprint\":\"b\",\"rule\":\"r\",\"date\":\"2026-01-31\",\n\"expirse\":\"2026-01-31\"}]}", 4, "has an entry with the unknown key \"expirse\". Did you mean \"expires\"? Known: fingerprint, rule, subject, date, reason, expires.")]
    [InlineData("{\"version\":1,\n\"accepted\":[],\"\\ud800\":1}", 1, "has the unknown key \"\uFFFD\".")]
    [InlineData("{\"version\":1,\n\"acepted\":[],\"accepted\":[]}", 2, "has the unknown key \"acepted\". Did you mean \"accepted\"? Known: version, accepted.")]
    public void What_is_wrong_has_a_line(string text, int line, string problem)
    {
        using var repository = new TemporaryRepository().Write(BaselineFile.FileName, text);
        var diagnostic = Assert.Throws<InputException>(() => BaselineFile.ForFolder(repository.Root, repository.Root)).Diagnostic!;
        Assert.Equal((BaselineFile.FileName, line), (diagnostic.Location.Path, diagnostic.Location.Line));
        Assert.Contains(problem, diagnostic.Message, StringComparison.Ordinal);
    }
}
