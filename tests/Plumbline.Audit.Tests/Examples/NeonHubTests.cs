using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Examples;

/// <summary>The rows C3–C5 of the seed findings, as far as they need no database.</summary>
public sealed class NeonHubTests
{
    private static readonly Lazy<Repository> Example = new(() => Repository.Open(ProjectRoot.Combine("examples", "neonhub"), AuditConfiguration.Empty));

    [Fact]
    public void C3_the_package_manager_that_is_not_there_is_told_and_the_audit_goes_on()
    {
        var result = Auditor.Run(Example.Value, AuditOptions.Default with { Process = new ProcessEnvironment(name => name == "PATH" ? "/nowhere" : null) });
        var finding = result.Findings.Single(f => f.Rule == "environment/package-manager-missing");
        Assert.Equal(
            ("pnpm", Severity.Info, "package.json", 4),
            (finding.Subject.Name, finding.Severity, finding.Locations[0].Place.Path, finding.Locations[0].Place.Line));
        Assert.Contains(result.Findings, f => f.Area != "environment");
    }

    [Fact]
    public void C3_where_it_is_there_nothing_is_said()
    {
        using var bin = new TemporaryRepository("pnpm");
        var result = Auditor.Run(Example.Value, AuditOptions.Default with { Process = new ProcessEnvironment(name => name == "PATH" ? bin.Root : null) });
        Assert.DoesNotContain(result.Findings, f => f.Rule == "environment/package-manager-missing");
    }

    [Fact]
    public void C4_host_and_port_are_known_without_the_password_and_without_a_database()
    {
        var connection = ConnectionResolver.Resolve(Example.Value, AuditConfiguration.Empty, ProcessEnvironment.Empty).Single(c => c.Project == "api");
        Assert.Equal(
            (".env: DATABASE_URL", 2, "postgresql://neonhub:***@localhost:5432/neonhub"),
            (connection.Chosen!.Candidate.Source, connection.Chosen.Candidate.Location!.Line, connection.Chosen.Url.ToString()));
        Assert.Contains(Auditor.Run(Example.Value, AuditOptions.Default).Incomplete, i => i.What == "database");
    }

    [Fact]
    public void C5_the_places_that_name_databases_and_the_one_that_differs()
    {
        var finding = Auditor.Run(Example.Value, AuditOptions.Default).Findings.Single(f => f.Rule == "connection/several-urls");
        Assert.Equal("DATABASE_URL", finding.Subject.Name);
        Assert.Contains("local/neonhub and local/neonhub_test", finding.Title, StringComparison.Ordinal);
        Assert.Equal(
            [".env", ".env.example", ".github/workflows/ci.yml", "apps/api/src/config/env.ts"],
            finding.Locations.Select(l => l.Place.Path).Order(StringComparer.Ordinal));
        var connection = ConnectionResolver.Resolve(Example.Value, AuditConfiguration.Empty, ProcessEnvironment.Empty).Single(c => c.Project == "api");
        Assert.Equal([".github/workflows/ci.yml"], connection.Candidates.Where(c => connection.Agrees(c) == false).Select(c => c.Location!.Path));
    }

    [Fact]
    public void What_is_fine_is_not_reported() =>
        Assert.Equal(
            ["connection/several-urls"],
            Auditor.Run(Example.Value, AuditOptions.Default with { Areas = ["connection", "environment"] }).Findings.Select(f => f.Rule));
}
