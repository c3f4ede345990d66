using System.Globalization;
using System.Text.Json;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Cli.Tests;
using Plumbline.Prisma.Binding;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>A report does not grow with its input without a limit, and says what it leaves out.</summary>
[Collection(nameof(LargeInputs))]
public sealed class ReportBudgetTests
{
    [Fact]
    public void One_rule_reports_so_many_findings()
    {
        var sink = new ObservationSink();
        for (var i = 0; i < ReadingBudget.Observations + 2; i++)
            sink.Report(new Observation { Title = "", Message = "", Impact = "", Recommendation = "", Project = null, Subject = new Subject(SubjectKind.Table, i.ToString(CultureInfo.InvariantCulture)) });

        Assert.Equal((ReadingBudget.Observations, 2), (sink.Observations.Count, sink.LeftOut));
        Assert.Equal("0", sink.Observations[0].Subject.Name);
    }

    [Fact]
    public void Statements_that_each_are_reported_end_at_the_limit()
    {
        using var report = Audit(string.Concat(Enumerable.Repeat("LOCK TABLE \"User\";\n", ReadingBudget.Observations + 7)));
        var findings = report.RootElement.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(ReadingBudget.Observations, findings.Count(finding => finding.GetProperty("rule").GetString() == "migration/replay-error"));
        var told = Assert.Single(findings, finding => finding.GetProperty("rule").GetString() == "schema/budget-exceeded");
        Assert.Equal("migration/replay-error has more than 5,000 findings", told.GetProperty("title").GetString());
        Assert.Contains("7 more are left out", told.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("7 more findings of migration/replay-error", Incomplete(report));
    }

    [Fact]
    public void Statements_of_unknown_effect_are_listed_up_to_the_limit()
    {
        using var report = Audit(string.Concat(Enumerable.Repeat("DO LANGUAGE plperl 'x';\n", ReadingBudget.Observations + 3)));
        var listed = Incomplete(report);
        Assert.Equal(ReadingBudget.Observations, listed.Count(what => what.StartsWith("the statement at ", StringComparison.Ordinal)));
        Assert.Contains(listed, what => what.StartsWith("3 more statements of ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_of_very_many_lines_is_not_read()
    {
        string Of(int comments) => string.Concat(Enumerable.Repeat("/// x\n", comments)) + "model User {\n  id Int @id\n}\n";
        Assert.Single(PrismaSchema.Read([new SourceText("schema.prisma", Of(ReadingBudget.SchemaLines - 10))]).Models);
        var schema = PrismaSchema.Read([new SourceText("schema.prisma", Of(ReadingBudget.SchemaLines))]);
        Assert.Empty(schema.Models);
        Assert.Equal("The schema has more than 500,000 lines; it is not read.", Assert.Single(schema.Diagnostics).Message);
    }

    private static List<string> Incomplete(JsonDocument report) => [.. report.RootElement.GetProperty("summary").GetProperty("incomplete").EnumerateArray().Select(item => item.GetProperty("what").GetString()!)];

    private static JsonDocument Audit(string sql)
    {
        using var repository = new TemporaryRepository()
            .Write("package.json", """{"dependencies":{"prisma":"6.19.0"}}""")
            .Write("prisma/schema.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n\nmodel User {\n  id Int @id\n}\n")
            .Write("prisma/migrations/migration_lock.toml", "provider = \"postgresql\"\n")
            .Write("prisma/migrations/1_init/migration.sql", "CREATE TABLE \"User\" (\n  \"id\" INTEGER NOT NULL,\n  CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n")
            .Write("prisma/migrations/2_next/migration.sql", sql);
        return JsonDocument.Parse(Plumb.Run("audit", repository.Root, "--format", "json").Output);
    }
}
