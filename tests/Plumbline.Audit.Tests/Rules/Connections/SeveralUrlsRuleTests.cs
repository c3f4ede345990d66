using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Rules.Connections;
using Plumbline.Audit.Tests.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Connections;

public sealed class SeveralUrlsRuleTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n  url = env(\"DATABASE_URL\")\n}\n\nmodel A {\n  id Int @id\n}\n";
    [Fact]
    public void Two_databases_for_everyone_are_one_too_many() =>
        RuleTest.For<SeveralUrlsRule>().Schema(Schema)
            .File(".env.example", "[|DATABASE_URL=postgresql://app:secret@localhost:5432/shop|]\n")
            .File("src/env.ts", "export const url = process.env.{|DATABASE_URL ?? 'postgresql://app:secret@localhost:5432/shop_dev|}';\n")
            .Expect("medium: 2 databases are configured for DATABASE_URL: local/shop and local/shop_dev");

    [Fact]
    public void Another_database_for_tests_is_mostly_meant() =>
        RuleTest.For<SeveralUrlsRule>().Schema(Schema)
            .File(".env", "[|DATABASE_URL=postgresql://app:secret@localhost:5432/shop|]\n")
            .File(".github/workflows/ci.yml", "env:\n  {|DATABASE_URL: postgresql://postgres:postgres@localhost:5432/shop_test|}\n")
            .Expect("info: 2 databases are configured for DATABASE_URL: local/shop and local/shop_test");

    [Fact]
    public void One_database_has_a_name_on_every_machine() =>
        RuleTest.For<SeveralUrlsRule>().Schema(Schema)
            .File(".env.example", "DATABASE_URL=postgresql://app:secret@127.0.0.1:54320/shop\n")
            .File("docker-compose.yml", "services:\n  web:\n    environment:\n      DATABASE_URL: postgresql://app:secret@db:5432/shop\n")
            .File(".github/workflows/ci.yml", "env:\n  DATABASE_URL: postgresql://postgres:postgres@postgres:5432/shop\n")
            .ExpectNothing();

    [Fact]
    public void Placeholders_and_files_for_one_environment_are_left_alone() =>
        RuleTest.For<SeveralUrlsRule>().Schema(Schema)
            .File(".env.example", "DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE\n")
            .File(".env", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop\n")
            .File(".env.test", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop_test\n")
            .File("Dockerfile", "FROM node:22\nENV DATABASE_URL=\"postgresql://user:pass@localhost:5432/dummy\"\n")
            .ExpectNothing();

    [Fact]
    public void Another_package_may_have_another_database() =>
        RuleTest.For<SeveralUrlsRule>().Schema(Schema)
            .File("package.json", "{}").File("services/mail/package.json", "{}")
            .File(".env.example", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop\n")
            .File("services/mail/.env.example", "DATABASE_URL=postgresql://app:secret@localhost:5432/mail\n")
            .ExpectNothing();

    [Fact]
    public void The_environment_file_of_a_package_hides_that_of_the_repository()
    {
        using var repository = new TemporaryRepository("package.json", "apps/fleet/package.json")
            .Write("prisma/schema.prisma", Schema).Write("apps/fleet/prisma/schema.prisma", Schema.Replace("model A", "model B", StringComparison.Ordinal))
            .Write(".env.example", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop\n")
            .Write("dev/.env.example", "DATABASE_URL=postgresql://app:secret@localhost:5432/shop_dev\n")
            .Write("apps/fleet/.env.example", "DATABASE_URL=postgresql://app:secret@localhost:5432/fleet\n");
        var result = Auditor.Run(repository.Open(), AuditOptions.Default with { Areas = ["connection"] }, cancellation: TestContext.Current.CancellationToken);
        Assert.DoesNotContain(result.Findings, finding => finding.Rule == "connection/several-urls");
    }
}
