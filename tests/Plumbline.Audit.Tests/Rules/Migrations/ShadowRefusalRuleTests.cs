using Plumbline.Audit.Rules.Migrations;
using Plumbline.Audit.Tests.Live;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ShadowRefusalRuleTests(PostgreSqlServer server)
{
    [Fact]
    [Trait("needs", "server")]
    public async Task What_only_a_server_can_refuse_is_found_with_what_fails_after_it()
    {
        using var scene = new ShadowScene(server)
            .Migration("CREATE TABLE t (id int);")
            .Migration("DO $$ BEGIN EXECUTE 'ALTER TABLE t ADD COLUMN ' || CASE WHEN version() LIKE 'PostgreSQL%' THEN 'id' ELSE 'a' END || ' int'; END $$;\nSELECT 1;");
        Assert.Equal(["critical: 2_step: column \"id\" of relation \"t\" already exists"], await scene.Findings("migration/shadow-refusal"));
    }

    [Fact]
    [Trait("needs", "server")]
    public async Task Data_that_breaks_a_constraint_is_found()
    {
        using var scene = new ShadowScene(server)
            .Migration("CREATE TABLE t (id int);\nINSERT INTO t SELECT g % 2 FROM generate_series(1, 3) g;")
            .Migration("CREATE UNIQUE INDEX t_id_key ON t (id);\nCOMMENT ON INDEX t_id_key IS 'x';");
        Assert.Equal(["critical: 2_step: could not create unique index \"t_id_key\""], await scene.Findings("migration/shadow-refusal"));
    }

    [Fact]
    [Trait("needs", "server")]
    public async Task What_the_replay_refuses_too_is_told_by_other_rules()
    {
        using var scene = new ShadowScene(server).Migration("ALTER TABLE t ADD COLUMN a int;");
        Assert.Empty(await scene.Findings("migration/shadow-refusal"));
    }

    [Fact]
    public void Without_a_server_nothing_is_known() =>
        RuleTest.For<ShadowRefusalRule>().Migration("1_a", "DO $$ BEGIN EXECUTE version(); END $$;").ExpectNothing();
}
