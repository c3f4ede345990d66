using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class MissingDirectUrlRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void Through_a_pooler_migrations_hang() =>
        RuleTest.For<MissingDirectUrlRule>().Schema(Schema).PrismaVersion(6, 0)
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@x.pooler.supabase.com:6543/postgres?pgbouncer=true|]\n")
            .Expect("medium: Migrations would run through Supabase's pooler, which DATABASE_URL in .env names");

    [Fact]
    public void A_direct_url_is_what_is_missing() =>
        RuleTest.For<MissingDirectUrlRule>().PrismaVersion(6, 0)
            .Schema("datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n  directUrl = env(\"DIRECT_URL\")\n}\n")
            .File(".env", "DATABASE_URL=postgresql://app:secret@x.pooler.supabase.com:6543/postgres?pgbouncer=true\n")
            .ExpectNothing();

    [Fact]
    public void A_configuration_file_may_name_the_server() =>
        RuleTest.For<MissingDirectUrlRule>().Schema("model A {\n  id Int @id\n}").PrismaVersion(7, 0)
            .File("prisma.config.ts", "import 'dotenv/config';\nexport default { datasource: { url: process.env.DIRECT_URL ?? process.env.DATABASE_URL } };\n")
            .File(".env", "DATABASE_URL=postgresql://app:secret@x.pooler.supabase.com:6543/postgres\n")
            .ExpectNothing();

    [Fact]
    public void Without_a_pooler_none_is_needed() =>
        RuleTest.For<MissingDirectUrlRule>().Schema(Schema).File(".env", "DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop\n").ExpectNothing();
}
