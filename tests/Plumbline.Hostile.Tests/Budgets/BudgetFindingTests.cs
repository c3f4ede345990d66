using System.Text.Json;
using Plumbline.Cli.Tests;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>Whatever is too large is named, with its budget and its place, and the verdict is not READY: for a schema or migrations it is NOT READY.</summary>
[Collection(nameof(LargeInputs))]
public sealed class BudgetFindingTests
{
    private const string Schema = "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n";

    private static readonly string Settings = new('#', (1 << 20) + 1);

    public static TheoryData<string, string, string> TooLarge() => new()
    {
        { "docker-compose.yml", "# postgres\n" + Settings, "longer than 1 MiB" },
        { "docker-compose.yml", "# postgres\na: " + new string('[', 100), "nested more than 64 levels deep" },
        { ".github/workflows/ci.yml", "# postgres\n" + Settings, "longer than 1 MiB" },
        { ".gitlab-ci.yml", "a: " + new string('[', 100), "nested more than 64 levels deep" },
        { ".env", "A=" + Settings, "longer than 1 MiB" },
        { "Dockerfile", Settings, "longer than 1 MiB" },
        { "prisma.config.ts", "export default {};\n// " + Settings, "longer than 1 MiB" },
        { "prisma.config.ts", string.Concat(Enumerable.Range(1, 8).Select(i => $"const a{i} = [{string.Concat(Enumerable.Repeat($"a{i - 1}, ", 30))}];\n")) + "const a0 = 'x';\nexport default { schema: a8 };\n", "more than 500,000 tokens" },
        { "prisma/migrations/2_next/migration.sql", "DO $$ BEGIN LOOP CREATE TABLE IF NOT EXISTS x (a int); END LOOP; END $$;\n", "more than 50,000 steps" },
        { "prisma/migrations/2_next/migration.sql", "CREATE TYPE e AS ENUM ('a');\n" + string.Concat(Enumerable.Range(0, 5_100).Select(i => $"ALTER TYPE e ADD VALUE 'v{i}' BEFORE 'a';\n")), "more than 140,000 columns" },
        { "prisma/schema.prisma", Schema + string.Concat(Enumerable.Range(0, 1_010).Select(i => $"enum E{i} {{\n{string.Concat(Enumerable.Range(0, 200).Select(v => $"  V{v}\n"))}}}\n")), "more than 200,000 models, fields and values" },
    };

    [Theory]
    [MemberData(nameof(TooLarge))]
    public void It_is_named(string path, string text, string budget)
    {
        using var repository = new TemporaryRepository()
            .Write("package.json", """{"dependencies":{"prisma":"6.19.0"}}""")
            .Write("prisma/schema.prisma", Schema)
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write("prisma/migrations/1_init/migration.sql", "CREATE TABLE \"User\" (\n  \"id\" INTEGER NOT NULL,\n  CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n")
            .Write(path, text);
        var run = Plumb.Run("audit", repository.Root, "--verbose");
        Assert.Contains("schema/budget-exceeded", run.Output, StringComparison.Ordinal);
        Assert.Contains(budget, run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Plumb.Run("audit", repository.Root, "--format", "json").Output);
        var expected = path.EndsWith(".prisma", StringComparison.Ordinal) || path.EndsWith(".sql", StringComparison.Ordinal) ? "not-ready" : "ready-with-warnings";
        Assert.Equal(expected, json.RootElement.GetProperty("summary").GetProperty("verdict").GetString());
    }
}
