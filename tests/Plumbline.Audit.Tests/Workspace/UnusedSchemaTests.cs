using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class UnusedSchemaTests
{
    private const string UsesPrisma = """{ "dependencies": { "@prisma/client": "6.19.0" } }""";

    [Theory]
    [InlineData("docs/guide/schema.prisma", "It is in a folder called docs")]
    [InlineData("src/__tests__/fixtures/schema.prisma", "It is in a folder called __tests__")]
    [InlineData("src/import/shop.prisma", "It is not called schema.prisma")]
    public void A_schema_that_nothing_refers_to_is_no_project(string path, string why)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", path).Write("package.json", UsesPrisma);
        var workspace = repository.Open();
        Assert.Equal(["prisma/schema.prisma"], workspace.Projects.Select(project => project.SchemaPath));
        var unused = Assert.Single(workspace.UnusedSchemas);
        Assert.Equal((path, path), (unused.Path, unused.Location.Path));
        Assert.StartsWith(why, unused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_without_Prisma_has_no_project()
    {
        using var repository = new TemporaryRepository("app/prisma/schema.prisma", "app/prisma/migrations/1_a/migration.sql", "lib/prisma/schema.prisma").Write("app/package.json", UsesPrisma);
        repository.Write("lib/package.json", "{}");
        Assert.Equal("lib/prisma/schema.prisma", Assert.Single(repository.Open().UnusedSchemas).Path);
    }

    [Theory]
    [InlineData("package.json", """{ "dependencies": { "prisma": "6" }, "scripts": { "g": "prisma generate --schema docs/guide/schema.prisma" } }""")]
    [InlineData(".github/workflows/ci.yml", "run: npx prisma validate --schema docs/guide/schema.prisma")]
    [InlineData("docs/guide/migrations/1_a/migration.sql", "SELECT 1;")]
    public void What_something_refers_to_is_a_project_wherever_it_lies(string path, string text)
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma", "docs/guide/schema.prisma").Write(path, text);
        Assert.Equal(2, repository.Open().Projects.Length);
    }

    [Fact]
    public void The_only_schema_of_a_repository_is_its_project()
    {
        using var repository = new TemporaryRepository("example/schema.prisma");
        Assert.Single(repository.Open().Projects);
    }

    [Theory]
    [InlineData("app/contract.prisma", "model User { id Int @id }", "{}", "A schema called contract.prisma")]
    [InlineData("app/main.prisma", "// use prisma-8\nmodel User { id Int @id }", "{}", "Its first line is")]
    [InlineData("app/main.prisma", "model User { id Int @id }", """{ "dependencies": { "@prisma/orm-postgres": "8.0.0" } }""", "app/package.json:1")]
    public void A_contract_of_Prisma_8_is_named_and_not_read(string path, string text, string manifest, string why)
    {
        using var repository = new TemporaryRepository().Write(path, text).Write("app/package.json", manifest);
        var workspace = repository.Open();
        Assert.Empty(workspace.Projects);
        var unsupported = Assert.Single(workspace.UnsupportedProjects);
        Assert.Equal(path, unsupported.Path);
        Assert.StartsWith(why, unsupported.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_of_Prisma_8_names_no_project_of_Prisma_7()
    {
        using var repository = new TemporaryRepository("old/schema.prisma").Write("prisma.config.ts", "import { definePrismaConfig } from 'prisma/config'\nexport default definePrismaConfig({})");
        repository.Write("db/data.prisma", "model User { id Int @id }");
        var workspace = repository.Open();
        Assert.Equal("old/schema.prisma", Assert.Single(workspace.Projects).SchemaPath);
        Assert.Equal("prisma.config.ts", Assert.Single(workspace.UnsupportedProjects).Location.Path);
    }
}
