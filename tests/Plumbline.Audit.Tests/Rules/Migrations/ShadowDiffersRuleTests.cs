using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules.Migrations;
using Plumbline.Audit.Tests.Live;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ShadowDiffersRuleTests(PostgreSqlServer server)
{
    private const string Dynamic = "DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN tenant_id ' || CASE WHEN version() LIKE 'PostgreSQL%' THEN 'int' ELSE 'text' END; END $$;";

    [Fact]
    [Trait("needs", "server")]
    public async Task What_dynamic_SQL_makes_is_found_and_held_against_the_schema()
    {
        using var scene = new ShadowScene(server)
            .Schema("\nmodel t {\n  id        Int  @id\n  tenant_id Int?\n}\n")
            .Migration("CREATE TABLE t (id int, CONSTRAINT t_pkey PRIMARY KEY (id));")
            .Migration(Dynamic);
        var finding = Assert.Single((await scene.Audit()).Findings, f => f.Rule == "migration/shadow-differs");
        Assert.EndsWith("than in memory, in 1 place", finding.Title, StringComparison.Ordinal);
        Assert.Equal("the server has t.tenant_id, the replay does not, and the Prisma schema agrees with the server.", finding.Message);
        Assert.Equal(Severity.Medium, finding.Severity);
    }

    [Fact]
    [Trait("needs", "server")]
    public async Task Where_both_make_the_same_nothing_is_found()
    {
        using var scene = new ShadowScene(server).Migration("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, a text[] DEFAULT '{}');\nDO $$ BEGIN ALTER TABLE t ADD COLUMN b int; END $$;");
        Assert.Empty(await scene.Findings("migration/shadow-differs"));
    }

    // The replay stops in the block, which makes the table on the server.
    [Fact]
    [Trait("needs", "server")]
    public async Task What_a_block_beyond_the_budget_makes_is_no_fault_of_the_replay()
    {
        using var scene = new ShadowScene(server)
            .Migration("CREATE TABLE t (id int, CONSTRAINT t_pkey PRIMARY KEY (id));")
            .Migration("DO $$ BEGIN FOR i IN 1..50001 LOOP CREATE TABLE IF NOT EXISTS x (id int); END LOOP; END $$;");
        var result = await scene.Audit();
        Assert.Contains(result.Findings, finding => finding.Rule == "schema/budget-exceeded");
        Assert.DoesNotContain(result.Findings, finding => finding.Rule == "migration/shadow-differs");
        Assert.Contains(result.Incomplete, item => item.What.StartsWith("1 difference between the shadow database and the replay", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_server_nothing_is_known() => RuleTest.For<ShadowDiffersRule>().Migration("1_a", Dynamic).ExpectNothing();
}
