using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Workspace;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Examples;

/// <summary>The rows A1 and A2 of the seed findings: how See It Now comes to its database URL.</summary>
public sealed class SeeItNowTests
{
    private const string Internal = "postgresql://postgres:s3cret@postgres.railway.internal:5432/railway";
    private const string Proxy = "postgresql://postgres:s3cret@monorail.proxy.rlwy.net:41234/railway";

    private static readonly Lazy<Repository> Example = new(() => Repository.Open(ProjectRoot.Combine("examples", "see-it-now"), AuditConfiguration.Empty));

    [Fact]
    public void A1_the_first_url_counts_unless_its_host_is_internal()
    {
        var chosen = Resolve(("DATABASE_URL", "postgresql://postgres:s3cret@db.shop.dev/railway"), ("DATABASE_PUBLIC_URL", Proxy)).Chosen!;
        Assert.Equal(("DATABASE_URL", "db.shop.dev", HostReach.Public), (chosen.Candidate.Variable, chosen.Url.Hosts[0].Name, chosen.Reach));
    }

    [Fact]
    public void A1_else_the_public_one_which_is_known_for_a_tcp_proxy()
    {
        var chosen = Resolve(("DATABASE_URL", Internal), ("DATABASE_PUBLIC_URL", Proxy)).Chosen!;
        Assert.Equal(
            ("the environment: DATABASE_PUBLIC_URL", "monorail.proxy.rlwy.net", HostReach.Proxy),
            (chosen.Candidate.Source, chosen.Url.Hosts[0].Name, chosen.Reach));
        Assert.Contains("postgres.railway.internal, which is only reachable inside Railway", chosen.Why, StringComparison.Ordinal);
        Assert.Contains("public TCP proxy", chosen.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A1_the_public_one_alone_will_do() => Assert.Equal("DATABASE_PUBLIC_URL", Resolve(("DATABASE_PUBLIC_URL", Proxy)).Chosen!.Candidate.Variable);

    [Fact]
    public void A1_where_none_can_be_used_both_are_named()
    {
        foreach (var connection in (ResolvedConnection[])[Resolve(), Resolve(("DATABASE_URL", Internal)), Resolve(("DATABASE_URL", Internal), ("DATABASE_PUBLIC_URL", Internal))])
        {
            Assert.Null(connection.Chosen);
            Assert.Contains("DATABASE_URL", connection.Problem, StringComparison.Ordinal);
            Assert.Contains("DATABASE_PUBLIC_URL", connection.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A1_a_host_that_only_looks_internal_is_taken() =>
        Assert.Equal(
            "DATABASE_URL",
            Resolve(("DATABASE_URL", "postgresql://a:b@railway.internal.shop.dev/x"), ("DATABASE_PUBLIC_URL", Proxy)).Chosen!.Candidate.Variable);

    [Fact]
    public void A2_the_pool_has_the_values_of_the_code_where_nothing_sets_them() =>
        Assert.Equal(
            [("connection_limit", "10"), ("pool_timeout", "20")],
            Resolve(("DATABASE_URL", Proxy)).Chosen!.Parameters.Select(p => (p.Name, p.Value)));

    [Fact]
    public void A2_the_environment_sets_the_pool() =>
        Assert.Equal(
            [new("connection_limit", "25", "DB_POOL_SIZE"), new("pgbouncer", "true", "DB_PGBOUNCER"), new("pool_timeout", "5", "DB_POOL_TIMEOUT")],
            Resolve(("DATABASE_URL", Proxy), ("DB_POOL_SIZE", "25"), ("DB_POOL_TIMEOUT", "5"), ("DB_PGBOUNCER", "true")).Chosen!.Parameters);

    [Fact]
    public void A2_what_the_url_says_itself_wins()
    {
        var chosen = Resolve(("DATABASE_URL", Proxy + "?connection_limit=3&pgbouncer=false"), ("DB_POOL_SIZE", "25"), ("DB_PGBOUNCER", "true")).Chosen!;
        Assert.Equal(
            [("connection_limit", "3", "the URL"), ("pgbouncer", "false", "the URL")], chosen.Parameters.Take(2).Select(p => (p.Name, p.Value, p.Source)));
    }

    [Theory]
    [InlineData("DB_POOL_SIZE", "many")]
    [InlineData("DB_POOL_SIZE", "-1")]
    [InlineData("DB_POOL_TIMEOUT", "0")]
    public void A2_what_is_no_number_is_told_and_passed_over(string variable, string value)
    {
        var connection = Resolve(("DATABASE_URL", Proxy), (variable, value));
        Assert.Equal(["10", "20"], connection.Chosen!.Parameters.Select(p => p.Value));
        Assert.Contains($"{variable} is not a positive number and is ignored.", connection.Warnings);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("")]
    public void A2_a_pgbouncer_that_is_not_there_is_not_told(string value) =>
        Assert.DoesNotContain(Resolve(("DATABASE_URL", Proxy), ("DB_PGBOUNCER", value)).Chosen!.Parameters, p => p.Name == "pgbouncer");

    [Fact]
    public void A2_a_missing_password_is_told_and_a_given_one_is_hidden()
    {
        Assert.Contains(
            Resolve(("DATABASE_URL", "postgresql://postgres@monorail.proxy.rlwy.net:41234/railway")).Warnings,
            w => w.StartsWith("No password was found", StringComparison.Ordinal));
        var connection = Resolve(("DATABASE_URL", Proxy));
        Assert.DoesNotContain(connection.Warnings, w => w.StartsWith("No password was found", StringComparison.Ordinal));
        Assert.Equal("postgresql://postgres:***@monorail.proxy.rlwy.net:41234/railway?connection_limit=10&pool_timeout=20", connection.Chosen!.Url.ToString());
    }

    [Fact]
    public void A2_the_proxy_is_reached_with_tls() => Assert.Equal("require", Resolve(("DATABASE_URL", Proxy)).Chosen!.Tls);

    [Fact]
    public void Both_packages_come_to_the_same_url()
    {
        var connections = ResolveAll(("DATABASE_URL", Internal), ("DATABASE_PUBLIC_URL", Proxy));
        Assert.Equal(["app", "see-it-monitor"], connections.Select(c => c.Project));
        Assert.Single(connections.Select(c => c.Chosen!.Url.ToString()).Distinct());
    }

    [Fact]
    public void Nothing_about_its_connection_is_wrong() =>
        Assert.Equal([], Auditor.Run(Example.Value, AuditOptions.Default with { Areas = ["connection", "environment"] }).Findings.Select(f => f.Title));

    private static ResolvedConnection Resolve(params (string Name, string Value)[] variables) => ResolveAll(variables).Single(c => c.Project == "app");

    private static ImmutableArray<ResolvedConnection> ResolveAll(params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(v => v.Name, v => v.Value);
        return ConnectionResolver.Resolve(Example.Value, AuditConfiguration.Empty, new ProcessEnvironment(values.GetValueOrDefault));
    }
}
