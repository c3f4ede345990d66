using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class NoPasswordRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void A_server_elsewhere_asks_for_a_password() =>
        RuleTest.For<NoPasswordRule>().Schema(Schema)
            .File(".env", "[|DATABASE_URL=postgresql://app@db.shop.dev:5432/shop|]\n")
            .Expect("medium: DATABASE_URL in .env has no password");

    [Fact]
    public void Several_urls_of_one_server_are_one_finding() =>
        RuleTest.For<NoPasswordRule>().Schema(Schema)
            .File(".env", "[|DATABASE_URL=postgresql://app@db.shop.dev:5432/shop|]\n{|DIRECT_URL=postgresql://app:@db.shop.dev:5432/shop|}\n")
            .Expect("medium: DATABASE_URL in .env has no password");

    [Theory]
    [InlineData("postgresql://postgres@localhost:5432/shop")]
    [InlineData("postgresql:///shop?host=/var/run/postgresql")]
    [InlineData("postgresql://app@db/shop")]
    [InlineData("postgresql://app@db.shop.dev/shop?sslcert=client.crt&sslkey=client.key")]
    [InlineData("postgresql://db.shop.dev/shop?user=app&password=secret")]
    [InlineData("postgresql://app:secret@db.shop.dev/shop")]
    public void Where_none_is_needed_or_it_is_there_nothing_is_said(string url) =>
        RuleTest.For<NoPasswordRule>().Schema(Schema).File(".env", $"DATABASE_URL={url}\n").ExpectNothing();

    [Fact]
    public void A_template_is_there_to_be_filled_in() =>
        RuleTest.For<NoPasswordRule>().Schema(Schema).File(".env.example", "DATABASE_URL=postgresql://app@db.shop.dev:5432/shop\n").ExpectNothing();
}
