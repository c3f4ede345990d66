using Plumbline.Audit.Connections;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests.Connections;

public sealed class SecretMaskTests
{
    private const string Secret = "k7Vq2mXw9TzL";

    [Theory]
    [InlineData("DATABASE_URL=postgresql://app:k7Vq2mXw9TzL@db.shop.dev/shop")]
    [InlineData("see https://shop.dev, psql postgresql://app:k7Vq2mXw9TzL@db.shop.dev/shop")]
    [InlineData("url: prisma+postgres://accelerate.prisma-data.net/?api_key=k7Vq2mXw9TzL")]
    [InlineData("postgresql://db.shop.dev/shop?user=app&password=k7Vq2mXw9TzL")]
    [InlineData("PGPASSWORD=k7Vq2mXw9TzL psql -h db.shop.dev")]
    [InlineData("POSTGRES_PASSWORD: \"k7Vq2mXw9TzL\"")]
    [InlineData("ALTER ROLE app WITH PASSWORD 'k7Vq2mXw9TzL';")]
    [InlineData("alter role app password E'k7Vq2mXw9TzL';")]
    [InlineData("  \"apiKey\": \"k7Vq2mXw9TzL\",")]
    public void What_may_be_a_secret_is_replaced_by_stars(string line)
    {
        var masked = SecretMask.Line(new SourceText("a.txt", line), 1);
        Assert.DoesNotContain(Secret, masked, StringComparison.Ordinal);
        Assert.Equal(line.Length, masked.Length);
    }

    [Theory]
    [InlineData("  passport String?")]
    [InlineData("curl https://shop.dev/api/health")]
    public void Everything_else_is_shown(string line) => Assert.Equal(line, SecretMask.Line(new SourceText("a.txt", line), 1));
}
