using System.Text.Json;
using Plumbline.Cli.Tests;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>Each of very many differences could cost as much as all of them: then only the first have a fix of their own, whichever rule asks first.</summary>
[Collection(nameof(LargeInputs))]
public sealed class FixBudgetTests
{
    [Fact]
    public void Of_many_tables_that_need_each_other_the_first_have_a_fix_of_their_own()
    {
        const int Tables = 450;
        var first = Fixes(string.Concat(Enumerable.Range(0, Tables).Select(i => $"CREATE TABLE t{i} (id int PRIMARY KEY{(i == 0 ? "" : $", p int REFERENCES t{i - 1}")});\n")));
        var second = Fixes(string.Concat(Enumerable.Range(0, Tables).Select(i => $"CREATE TABLE t{i} (id int PRIMARY KEY{(i == 0 ? "" : $", p int REFERENCES t{i - 1}")});\n")));
        Assert.Equal(first, second);
        Assert.Equal(Tables, first.Count);
        Assert.InRange(first.Count(f => f.HasSql), 1, ReadingBudget.PlannedChanges / Tables);
    }

    [Fact]
    public void A_schema_that_lacks_very_much_is_not_edited()
    {
        string Types(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"CREATE TYPE e{i} AS ENUM ('a');\n"));
        Assert.All(Fixes(Types(20)), fix => Assert.True(fix.HasPatch));
        Assert.All(Fixes(Types(ReadingBudget.PatchedChanges + 1)), fix => Assert.False(fix.HasPatch));
    }

    // What each difference has for a fix, in the order of the report.
    private static List<(string Title, bool HasSql, bool HasPatch)> Fixes(string sql)
    {
        using var repository = new TemporaryRepository()
            .Write("package.json", """{"dependencies":{"prisma":"6.19.0"}}""")
            .Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write("prisma/migrations/1_init/migration.sql", "CREATE TABLE \"User\" (\n  \"id\" INTEGER NOT NULL,\n  CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n" + sql);
        using var report = JsonDocument.Parse(Plumb.Run("audit", repository.Root, "--format", "json").Output);
        return [.. report.RootElement.GetProperty("findings").EnumerateArray().SelectMany(f => f.GetProperty("occurrences").EnumerateArray())
            .Where(o => o.GetProperty("rule").GetString() is "drift/extra-table" or "drift/enum")
            .Select(o => (o.GetProperty("title").GetString()!, Has(o, "sql"), Has(o, "patch")))];
    }

    private static bool Has(JsonElement occurrence, string way) =>
        occurrence.GetProperty("fix") is { ValueKind: JsonValueKind.Object } fix && fix.GetProperty(way).ValueKind == JsonValueKind.String;
}
