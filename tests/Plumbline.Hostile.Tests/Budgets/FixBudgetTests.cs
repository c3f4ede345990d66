using System.Text.Json;
using Plumbline.Cli.Tests;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>Edits of a schema are tried one by one: where a schema lacks very much, there are none.</summary>
[Collection(nameof(LargeInputs))]
public sealed class FixBudgetTests
{
    [Fact]
    public void A_schema_that_lacks_very_much_is_not_edited()
    {
        string Types(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"CREATE TYPE e{i} AS ENUM ('a');\n"));
        Assert.All(Fixes(Types(20)), fix => Assert.True(fix.HasPatch));
        Assert.All(Fixes(Types(ReadingBudget.PatchedChanges + 1)), fix => Assert.False(fix.HasPatch));
    }

    // What each difference has for a fix, in the order of the report.
    private static List<(string Title, bool HasPatch)> Fixes(string sql)
    {
        using var repository = new TemporaryRepository()
            .Write("package.json", """{"dependencies":{"prisma":"6.19.0"}}""")
            .Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write("prisma/migrations/1_init/migration.sql", "CREATE TABLE \"User\" (\n  \"id\" INTEGER NOT NULL,\n  CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n" + sql);
        using var report = JsonDocument.Parse(Plumb.Run("audit", repository.Root, "--format", "json").Output);
        return [.. report.RootElement.GetProperty("findings").EnumerateArray().SelectMany(f => f.GetProperty("occurrences").EnumerateArray())
            .Where(o => o.GetProperty("rule").GetString() == "drift/enum")
            .Select(o => (o.GetProperty("title").GetString()!, HasPatch(o)))];
    }

    private static bool HasPatch(JsonElement occurrence) =>
        occurrence.GetProperty("fix") is { ValueKind: JsonValueKind.Object } fix && fix.GetProperty("patch").ValueKind == JsonValueKind.String;
}
