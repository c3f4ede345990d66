using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class TlsOffRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Theory]
    [InlineData("postgresql://app:secret@db.shop.dev:5432/shop?sslmode=disable")]
    [InlineData("postgresql://app:secret@db.shop.dev:5432/shop?ssl=false")]
    public void Over_public_networks_everything_can_be_read(string url) =>
        RuleTest.For<TlsOffRule>()
            .Schema(Schema)
            .File(".env", $"[|DATABASE_URL={url}|]\n")
            .Expect("medium: DATABASE_URL in .env disables encryption for db.shop.dev");

    [Theory]
    [InlineData("localhost:5432/shop?sslmode=disable")]
    [InlineData("db/shop?sslmode=disable")]
    [InlineData("10.1.2.3/shop?sslmode=disable")]
    [InlineData("postgres.railway.internal/shop?sslmode=disable")]
    [InlineData("db.shop.dev/shop")]
    [InlineData("db.shop.dev/shop?sslmode=require&ssl=false")]
    public void A_private_network_and_a_url_that_says_nothing_are_fine(string rest) =>
        RuleTest.For<TlsOffRule>().Schema(Schema).File(".env", $"DATABASE_URL=postgresql://app:secret@{rest}\n").ExpectNothing();
}
