using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class InternalHostUnreachableRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void A_host_of_the_platform_is_not_known_on_a_developers_machine() =>
        RuleTest.For<InternalHostUnreachableRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@postgres.railway.internal:5432/railway|]\n")
            .Expect("high: DATABASE_URL in .env names postgres.railway.internal, which is only reachable inside Railway");

    [Fact]
    public void With_a_public_url_beside_it_only_Prismas_own_commands_fail() =>
        RuleTest.For<InternalHostUnreachableRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@postgres.railway.internal:5432/railway|]\nDATABASE_PUBLIC_URL=postgresql://app:secret@monorail.proxy.rlwy.net:41234/railway\n")
            .Expect("medium: DATABASE_URL in .env names postgres.railway.internal, which is only reachable inside Railway");

    [Fact]
    public void Continuous_integration_stands_outside_too() =>
        RuleTest.For<InternalHostUnreachableRule>().Schema(Schema)
            .File(".github/workflows/ci.yml", "env:\n  [|DATABASE_URL: postgresql://app:secret@shop-db.flycast:5432/shop|]\n")
            .Expect("high: DATABASE_URL in .github/workflows/ci.yml names shop-db.flycast, which is only reachable inside Fly.io");

    [Fact]
    public void What_is_read_inside_the_platform_is_fine() =>
        RuleTest.For<InternalHostUnreachableRule>().Schema(Schema)
            .File("k8s/web.yaml", "env:\n  - name: DATABASE_URL\n    value: postgresql://app:secret@db.shop.svc.cluster.local/shop\n")
            .File(".env.production", "DATABASE_URL=postgresql://app:secret@postgres.railway.internal:5432/railway\n")
            .File(".env.example", "DATABASE_URL=postgresql://app:secret@postgres.railway.internal:5432/railway\n")
            .ExpectNothing();

    [Theory]
    [InlineData("host.docker.internal")]
    [InlineData("db.corp.internal")]
    [InlineData("monorail.proxy.rlwy.net")]
    [InlineData("db")]
    public void Names_that_look_like_it_and_are_known_are_fine(string host) =>
        RuleTest.For<InternalHostUnreachableRule>().Schema(Schema).File(".env", $"DATABASE_URL=postgresql://app:secret@{host}:5432/shop\n").ExpectNothing();
}
