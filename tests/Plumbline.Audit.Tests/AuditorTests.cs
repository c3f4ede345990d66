using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Tests;

public sealed class AuditorTests
{
    private const string Schema = """
        model User {
          id   Int  @id
          role Roll
          kind Kynd
        }
        """;

    [Fact]
    public void What_Prisma_refuses_makes_the_verdict_not_ready()
    {
        var result = Run(Schema);

        Assert.Equal(Verdict.NotReady, result.Readiness.Verdict);
        Assert.Equal(2, Assert.Single(result.Findings, f => f.Rule == "schema/invalid").Occurrences.Length);
    }

    [Fact]
    public void A_suppression_silences_its_rule_at_its_field_and_is_counted()
    {
        var result = Run(Schema.Replace("  role", "  /// plumb-ignore schema/invalid the generator adds it\n  role", StringComparison.Ordinal));

        Assert.Equal(1, result.Suppressed);
        Assert.Equal(["s.prisma:5:8"], result.Findings.Where(f => f.Rule == "schema/invalid").Select(f => f.Locations[0].Place.ToString()));
    }

    [Fact]
    public void A_suppression_of_another_rule_silences_nothing() =>
        Assert.Equal(0, Run(Schema.Replace("  role", "  /// plumb-ignore drift/index just so\n  role", StringComparison.Ordinal)).Suppressed);

    [Fact]
    public void The_configuration_may_switch_a_rule_off() =>
        Assert.DoesNotContain("schema/invalid", Rules(Run(Schema, Settings(new RuleSetting(IsOff: true)))));

    [Fact]
    public void The_configuration_may_set_a_severity()
    {
        var result = Run(Schema, Settings(new RuleSetting(IsOff: false, Severity.Low)));

        Assert.Equal([Severity.Low, Severity.Low], Assert.Single(result.Findings, f => f.Rule == "schema/invalid").Occurrences.Select(o => o.Severity));
        Assert.NotEqual(Verdict.NotReady, result.Readiness.Verdict);
    }

    [Fact]
    public void Only_the_rules_that_are_asked_for_run() =>
        Assert.Equal(["schema/invalid"], Rules(Run(Schema, AuditOptions.Default with { Rules = ["schema/invalid"] })));

    [Fact]
    public void Only_the_areas_that_are_asked_for_run() =>
        Assert.Equal(["schema"], Rules(Run(Schema, AuditOptions.Default with { Areas = ["schema"] })).Select(r => r.Split('/')[0]).Distinct(StringComparer.Ordinal));

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        JsonReport.Write(Run(Schema), ".", first);
        JsonReport.Write(Run(Schema), ".", second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void Fingerprints_survive_a_comment_above() =>
        Assert.Equal(Run(Schema).Findings.Select(f => f.Fingerprint).Order(), Run("// new\n\n" + Schema).Findings.Select(f => f.Fingerprint).Order());

    [Fact]
    public void The_report_ends_in_a_diagram_of_the_tables()
    {
        using var output = new StringWriter();
        MarkdownReport.Write(Run("model User {\n  id Int @id\n}"), ".", output);

        Assert.Contains("## Diagram\n\n### app\n\n```mermaid\nerDiagram\n", output.ToString(), StringComparison.Ordinal);
    }

    private static string[] Rules(AuditResult result) => [.. result.Findings.Select(f => f.Rule).Distinct()];

    private static AuditOptions Settings(RuleSetting setting) =>
        AuditOptions.Default with { Settings = ImmutableDictionary<string, RuleSetting>.Empty.Add("schema/invalid", setting) };

    private static AuditResult Run(string schema, AuditOptions? options = null)
    {
        var file = new WorkspaceFile(new SourceText("s.prisma", schema + "\n\ndatasource db {\n  provider = \"postgresql\"\n}\n"));
        var project = new Project { Name = "app", SchemaPath = "s.prisma", SchemaFiles = [file], ExpectedMigrationsPath = "migrations", Provider = "postgresql" };
        var workspace = new Repository { Root = "/repository", RepositoryRoot = "/repository", Files = [file], Projects = [project] };
        return Auditor.Run(workspace, options ?? AuditOptions.Default);
    }
}
