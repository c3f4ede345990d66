using Plumbline.Audit.Rules.Connections;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class MigrateUrlDiffersRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    private const string Next = """{ "dependencies": { "next": "15.0.0", "@prisma/client": "6.0.0" } }""";

    [Fact]
    public void Next_reads_its_local_file_first_and_Prisma_never_does() =>
        RuleTest.For<MigrateUrlDiffersRule>().Schema(Schema).PrismaVersion(6, 0).File("package.json", Next)
            .File(".env", "{|DATABASE_URL=postgresql://app:secret@localhost:5432/shop|}\n")
            .File(".env.local", "[|DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop|]\n")
            .Expect("high: Migrations would run on localhost:5432/shop, and the application on db.shop.dev:5432/shop");

    [Fact]
    public void A_script_that_reads_the_same_files_is_fine() =>
        RuleTest.For<MigrateUrlDiffersRule>().Schema(Schema).PrismaVersion(6, 0)
            .File("package.json", """{ "scripts": { "migrate": "dotenv -e .env.local -e .env -- prisma migrate dev" }, "dependencies": { "next": "15.0.0" } }""")
            .File(".env", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop\n")
            .File(".env.local", "DATABASE_URL=postgresql://app:secret@db.shop.dev:5432/shop\n")
            .ExpectNothing();

    [Fact]
    public void The_same_database_in_both_files_is_fine() =>
        RuleTest.For<MigrateUrlDiffersRule>().Schema(Schema).PrismaVersion(6, 0).File("package.json", Next)
            .File(
                ".env", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop\n").File(".env.local", "DATABASE_URL=postgresql://app:other@127.0.0.1/shop\n")
            .ExpectNothing();

    [Fact]
    public void A_direct_url_names_the_same_database() =>
        RuleTest.For<MigrateUrlDiffersRule>().PrismaVersion(6, 0)
            .Schema("datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n  directUrl = env(\"DIRECT_URL\")\n}\n")
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@db.shop.dev:6432/shop|]\n{|DIRECT_URL=postgresql://app:secret@db.shop.dev:5432/shop_old|}\n")
            .File(".env.staging", "DATABASE_URL=postgresql://app:secret@pool.shop.dev:6432/shop\nDIRECT_URL=postgresql://app:secret@db.shop.dev:5432/shop\n")
            .Expect("high: Migrations would run on db.shop.dev:5432/shop_old, and the application on db.shop.dev:6432/shop");

    [Fact]
    public void The_variable_of_the_configuration_file_counts_for_migrations() =>
        RuleTest.For<MigrateUrlDiffersRule>().Schema(Schema).PrismaVersion(6, 16)
            .File("prisma.config.ts", "import 'dotenv/config';\nexport default { datasource: { url: process.env.ADMIN_URL } };\n")
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@localhost:5432/shop|]\n{|ADMIN_URL=postgresql://app:secret@localhost:5432/admin|}\n")
            .Expect("high: Migrations would run on localhost:5432/admin, and the application on localhost:5432/shop");
}
