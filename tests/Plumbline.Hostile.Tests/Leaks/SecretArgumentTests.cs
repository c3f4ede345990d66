using Plumbline.Audit.Connections;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Leaks;

/// <summary>No message about a wrong argument shows a password in it, whatever is mistyped.</summary>
public sealed class SecretArgumentTests
{
    public static TheoryData<string> Arguments => new(
    [
        "postgresql://u:S3cr3t|x@h/d", "postgresql://u:my S3cr3t@h/d", "postgresql://u:a<S3cr3t@h/d", "postgresql://u:a>S3cr3t@h/d", "postgresql://u:a\tS3cr3t@h/d", "postgresql://u:a\"S3cr3t@h/d", "postgresql://u:a'S3cr3t@h/d",
        "postgresql://u:a`S3cr3t@h/d", "postgresql://u:a\nS3cr3t@h/d", "postgresql://u:a\u200bS3cr3t@h/d", "postgresql%3A%2F%2Fu%3AS3cr3t%40h%2Fd", "postgresql://h/d?pass=S3cr3t", "postgresql://h/d?passw%6Frd=S3cr3t&a=b", "postgresql://h/d?a=b&sslpassword=S3cr3t",
        "postgresql：//u：S3cr3t＠h/d", "postgresql://u：S3cr3t@h/d", "postgresql://u:S3cr3t＠h/d", "postgresql://u:S3cr3t/d", "postgresql://u:S3cr3t", "/x/u:S3cr3t@h", "u:S3cr3t@h/d", "postgresql:u:S3cr3t@h", "postgresq://u:S3cr3t@h/d", "//u:S3cr3t@h/d",
        "postgresql:/u:S3cr3t@h/d", "postgresql:\\\\u:S3cr3t@h/d", "host=h password=S3cr3t|x dbname=d", "'postgresql://u:my S3cr3t@h/d'",
    ]);

    [Theory]
    [MemberData(nameof(Arguments))]
    public void No_message_shows_one(string argument)
    {
        using var repository = new TemporaryRepository().Write("prisma/schema.prisma", TemporaryRepository.PostgreSql + "model a {\n  id Int @id\n}\n");
        var root = repository.Root;
        foreach (string[] call in (string[][])[
            [argument], ["audit", argument], ["status", argument], ["url", argument], ["baseline", argument], ["explain", argument], ["inspect", argument], ["diff", argument, argument], ["rules", argument],
            .. ((string[])["--config", "--output", "--since", "--rule", "--area", "--format", "--now", "--fail-on", "--shadow", "--database"]).Select(option => (string[])["audit", root, option, argument]),
            ["audit", root, "--database=" + argument], ["audit", root, "--" + argument], ["status", root, "--database", argument], ["url", root, "--config", argument], ["audit", root, argument]])
        {
            foreach (var isTerminal in (bool[])[false, true])
            {
                var result = Plumb.Run(new Surroundings(IsTerminal: isTerminal), call);
                Assert.False((result.Output + result.Error).Contains("S3cr3t", StringComparison.Ordinal), $"{string.Join(' ', call)}: {result.Error}");
                Assert.DoesNotContain("bug in plumb", result.Error, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("postgresql://u:a@h/d", "a")]
    [InlineData("postgresql://u:a:b@c@h/d", "a:b@c")]
    [InlineData("postgresql://u@h:5432/d", "")]
    [InlineData("postgresql://h:5432,i:5433/d", "")]
    [InlineData("postgresql://[::1]:5432/d", "")]
    [InlineData("postgresql://h:5432?sslmode=off", "")]
    [InlineData("postgresql://h/d?user=a&password=b", "b")]
    [InlineData("--database=postgresql://u:a@h/d", "a")]
    [InlineData("HEAD:prisma/schema.prisma", "")]
    [InlineData("main@{1.day.ago}:prisma/schema.prisma", "")]
    [InlineData("HEAD:packages/@acme/db/schema.prisma", "")]
    [InlineData("C:\\repository\\a@b", "")]
    [InlineData("C:/repository", "")]
    [InlineData("prisma/schema.prisma", "")]
    [InlineData("", "")]
    [InlineData(":", "")]
    [InlineData("@", "")]
    [InlineData("//", "")]
    public void The_passwords_of_an_argument_are_known(string argument, string expected) => Assert.Equal(expected, string.Join('|', SecretArguments.In(argument)));

    [Fact]
    public void A_password_that_is_a_common_word_hides_that_word_nowhere_else()
    {
        var values = new SecretValues();
        values.LearnArguments(["postgresql://postgres:postgres@localhost/postgres"]);

        Assert.Equal("postgresql://postgres:***@localhost/postgres: the role postgres of \"postgres\"", values.Hide("postgresql://postgres:postgres@localhost/postgres: the role postgres of \"postgres\""));
    }
}
