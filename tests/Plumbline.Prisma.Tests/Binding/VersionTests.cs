using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Tests.Oracle;
using Plumbline.Schema.Text;

namespace Plumbline.Prisma.Tests.Binding;

/// <summary>Compares the checks that changed between versions of Prisma with the validator of each version.</summary>
[Trait("needs", "node")]
public sealed class VersionTests
{
    private const string Configuration = "generator g {\n  provider = \"prisma-client-js\"\n  previewFeatures = [\"views\"]\n}\n";

    private static readonly string[] Schemas =
    [
        "view V {\n  id Int @id\n}",
        "view V {\n  a Int\n  b Int\n  @@id([a, b])\n}",
        "view V {\n  a Int @unique\n}",
        "view V {\n  a Int @unique(map: \"x\")\n}",
        "view V {\n  a Int\n  b Int\n  @@unique([a, b])\n}",
        "view V {\n  a Int\n  b Int\n  @@unique([a, b(sort: Desc)], map: \"x\")\n}",
        "view V {\n  a Int @unique\n  b Int\n  @@index([b])\n}",
        "view V {\n  a Int @id\n  b Int @unique\n  @@index([b])\n}",
    ];

    [Theory]
    [InlineData("6.12", "  url = env(\"A\")")]
    [InlineData("6.12", "  url = \"postgresql://localhost\"\n  directUrl = env(\"B\")\n  shadowDatabaseUrl = env(\"C\")")]
    [InlineData("6.12", "  url = 3")]
    [InlineData("6.13", "  url = env(\"A\")")]
    [InlineData("6.14", "  url = env(\"A\")")]
    [InlineData("7.0", "")]
    [InlineData("7.0", "  url = env(\"A\")")]
    [InlineData("7.0", "  directUrl = env(\"B\")\n  shadowDatabaseUrl = env(\"C\")\n  url = \"postgresql://localhost\"")]
    [InlineData("7.0", "  url = 3\n  foo = 1")]
    public void Views_and_urls_get_the_errors_of_the_version(string version, string properties)
    {
        using var oracle = new PrismaOracle();
        foreach (var schema in Schemas)
        {
            SourceText[] files = [new("schema.prisma", $"datasource db {{\n  provider = \"postgresql\"\n{properties}\n}}\n{Configuration}{schema}\n")];
            var theirs = oracle.Lint(files, version)!.Errors.Select(e => $"{e.LocationIn(files[0])} {e.Text}");
            Assert.Equal(theirs, PrismaSchema.Read(files, Version.Parse(version)).Diagnostics.Select(d => $"{d.Location} {d.Message}"));
        }
    }

    [Fact]
    public void Where_the_version_is_not_known_what_some_version_accepts_is_accepted() =>
        Assert.All(Schemas, schema => Assert.Empty(PrismaSchema.Read([new("schema.prisma", $"datasource db {{\n  provider = \"postgresql\"\n  url = env(\"A\")\n}}\n{Configuration}{schema}\n")]).Diagnostics));
}
