using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Environments;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class ExtensionNotAvailableRuleTests(PostgreSqlServer server)
{
    [Fact]
    public void An_extension_that_the_server_cannot_install_is_found_where_it_is_created()
    {
        var finding = Assert.Single(Test("[|CREATE EXTENSION vector|];").Expect("high: The extension vector is not available on the server"));

        Assert.Equal("vector is required, and it is neither installed in the database nor available on the server (PostgreSQL 15.18).", finding.Message);
    }

    [Fact]
    public void One_of_the_datasource_is_found_with_the_migration_as_one_fact() =>
        Assert.Equal(
            [LocationRole.Migration, LocationRole.Schema],
            Assert.Single(Test("CREATE EXTENSION IF NOT EXISTS vector;").Schema("datasource db {\n  provider = \"postgresql\"\n  extensions = [vector]\n}\n").Run().Findings).Locations.Select(l => l.Role));

    [Fact]
    public void A_version_that_the_server_does_not_have_is_found() =>
        Assert.Equal(
            "pg_trgm is required, and version 1.3 is required, and the server has the versions 1.5, 1.6 (PostgreSQL 15.18).",
            Assert.Single(Test("[|CREATE EXTENSION pg_trgm VERSION '1.3'|];").Expect("high: The extension pg_trgm is not available on the server")).Message);

    [Theory]
    [InlineData("CREATE EXTENSION pg_trgm;")]
    [InlineData("CREATE EXTENSION pg_trgm VERSION '1.5';")]
    [InlineData("CREATE EXTENSION vector;\nDROP EXTENSION vector;")]
    [InlineData("DO $$ BEGIN IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') THEN CREATE EXTENSION vector; END IF; END $$;")]
    public void One_that_can_be_installed_and_one_that_is_not_needed_are_fine(string sql) => Test(sql).ExpectNothing();

    [Fact]
    public void One_that_is_installed_is_fine_whatever_the_server_lists() => Test("CREATE EXTENSION vector;", isInstalled: true).ExpectNothing();

    [Fact]
    public void A_server_that_lists_nothing_says_nothing() =>
        Test("CREATE EXTENSION vector;").Live("", live => live with { Snapshot = live.Snapshot! with { Schema = live.Snapshot.Schema with { Extensions = [] } } }).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<ExtensionNotAvailableRule>().Migration("2025_a", "CREATE EXTENSION vector;").ExpectNothing();

    [Fact]
    public void That_it_is_missing_is_no_drift_besides() =>
        Assert.Equal(
            "environment/extension-not-available",
            Assert.Single(Test<Plumbline.Audit.Rules.Drift.ExtensionRule>("CREATE EXTENSION vector;").With<ExtensionNotAvailableRule>().Run().Findings).Rule);

    [Fact]
    [Trait("needs", "server")]
    public async Task A_server_lists_what_it_could_install()
    {
        using var database = server.CreateDatabase();
        Assert.True(DatabaseUrl.TryParse(database.Url, out var url, out _));
        var read = await CatalogReader.ReadAsync(url, new CatalogOptions { WithStatistics = true }, TestContext.Current.CancellationToken);

        RuleTest.For<ExtensionNotAvailableRule>().Migration("2025_a", "CREATE EXTENSION pg_trgm;\nCREATE EXTENSION citext VERSION '1.6';\n[|CREATE EXTENSION vector|];\n[|CREATE EXTENSION hstore VERSION '0.1'|];")
            .Live("", live => live with { Snapshot = read }).Expect();
    }

    private static RuleTest Test(string sql, bool isInstalled = false) => Test<ExtensionNotAvailableRule>(sql, isInstalled);

    private static RuleTest Test<TRule>(string sql, bool isInstalled = false)
        where TRule : Rule, new() =>
        RuleTest.For<TRule>().Migration("2025_a", sql).Live("", live => live with
        {
            Snapshot = live.Snapshot! with
            {
                Schema = isInstalled ? live.Snapshot.Schema : live.Snapshot.Schema with { Extensions = [] },
                AvailableExtensions = [new AvailableExtension("pg_trgm", ["1.5", "1.6"])],
            },
        });
}
