using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Security;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Rules.Security;

public sealed class ViewBypassesRlsRuleTests(PostgreSqlServer server)
{
    private const string Tables = """
        CREATE ROLE reader; CREATE ROLE other;
        CREATE TABLE notes (id int PRIMARY KEY, owner text); CREATE TABLE tags (id int PRIMARY KEY);
        ALTER TABLE notes ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON notes USING (owner = CURRENT_USER);

        """;

    [Fact]
    public void A_view_that_others_may_read_over_a_table_with_policies_is_found_in_a_database_at_its_migration()
    {
        var finding = Assert.Single(Test("[|CREATE VIEW recent AS SELECT n.id FROM tags t JOIN notes n ON n.id = t.id|]; GRANT SELECT ON recent TO reader;").Live("")
            .Expect("medium: The view recent bypasses the row-level security of notes"));

        Assert.Equal("The view reads the table as its owner, to whom the policies do not apply, and reader may read the view.", finding.Message);
        Assert.Equal(new FindingFix(FixKind.Safe, "ALTER VIEW public.recent SET (security_invoker = true);"), finding.Fix);
    }

    [Fact]
    public void And_in_the_migrations_alone() =>
        Test("[|CREATE VIEW recent AS SELECT id FROM notes|]; GRANT SELECT ON recent TO PUBLIC;").Expect("medium: The view recent bypasses the row-level security of notes");

    [Fact]
    public void One_that_was_created_by_hand_says_so() =>
        Assert.EndsWith(
            "and reader may read the view. No migration creates it: it was created in the database by hand.",
            Assert.Single(Test("").Live("CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;").Run().Findings).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Through_another_view_and_in_subqueries_and_unions_it_is_found() =>
        Assert.Equal(
            "ALTER VIEW public.outside SET (security_invoker = true);\nALTER VIEW public.inside SET (security_invoker = true);",
            Assert.Single(Test("CREATE VIEW inside AS WITH x AS (SELECT id FROM (SELECT id FROM notes) s) SELECT id FROM tags UNION ALL SELECT id FROM x; [|CREATE VIEW outside AS SELECT id FROM inside|]; GRANT SELECT ON outside TO reader;").Expect()).Fix!.Sql);

    [Fact]
    public void Before_version_15_there_is_no_switch_for_it() =>
        Assert.Null(Assert.Single(Test("CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")
            .Live("", live => live with { Snapshot = live.Snapshot! with { Server = live.Snapshot.Server with { VersionNumber = 140010 } } }).Run().Findings).Fix);

    [Theory]
    [InlineData("CREATE VIEW recent WITH (security_invoker = true) AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE VIEW recent WITH (security_invoker) AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM notes;")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM notes; GRANT INSERT ON recent TO reader;")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM tags; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE VIEW recent AS WITH notes AS (SELECT id FROM tags) SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM notes; ALTER VIEW recent OWNER TO other; GRANT SELECT ON recent TO reader;")]
    [InlineData("ALTER TABLE notes FORCE ROW LEVEL SECURITY; CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE POLICY everybody ON notes FOR SELECT USING (true); CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("ALTER TABLE notes DISABLE ROW LEVEL SECURITY; CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")]
    [InlineData("CREATE SCHEMA inner_part; CREATE VIEW inner_part.recent AS SELECT id FROM notes; GRANT SELECT ON inner_part.recent TO reader;")]
    [InlineData("CREATE VIEW inside WITH (security_invoker) AS SELECT id FROM notes; CREATE VIEW outside AS SELECT id FROM inside; GRANT SELECT ON outside TO reader;")]
    [InlineData("CREATE VIEW mine AS SELECT id FROM notes WHERE owner = CURRENT_USER; GRANT SELECT ON mine TO reader;")]
    public void What_keeps_to_the_policies_or_nobody_else_may_read_is_fine(string sql)
    {
        Test(sql).ExpectNothing();
        Test(sql).Live("").ExpectNothing();
    }

    [Fact]
    public void On_Supabase_every_new_view_can_be_read_with_the_key_for_browsers() =>
        Assert.Equal(
            "The view reads the table as its owner, to whom the policies do not apply, and anon, authenticated may read the view.",
            Assert.Single(Supabase("[|CREATE VIEW recent AS SELECT id FROM notes|];").Expect("medium: The view recent bypasses the row-level security of notes")).Message);

    [Theory]
    [InlineData("CREATE VIEW recent WITH (security_invoker = on) AS SELECT id FROM notes;")]
    [InlineData("CREATE VIEW mine AS SELECT id FROM notes WHERE user_id = auth.uid();")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM notes; REVOKE ALL ON recent FROM anon, authenticated;")]
    [InlineData("CREATE SCHEMA private; CREATE VIEW private.recent AS SELECT id FROM notes;")]
    [InlineData("CREATE VIEW recent AS SELECT id FROM notes; REVOKE ALL ON recent FROM PUBLIC, anon, authenticated; GRANT SELECT ON recent TO service_role;")]
    public void On_Supabase_what_was_closed_is_fine(string sql) => Supabase(sql).ExpectNothing();

    [Fact]
    public void An_owner_that_no_policy_holds_back_passes_by_forced_ones_too() =>
        Assert.Single(Test("ALTER TABLE notes FORCE ROW LEVEL SECURITY; CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")
            .Live("", live => live with { Snapshot = live.Snapshot! with { Server = live.Snapshot.Server with { RolesPastRowSecurity = ["postgres"] } } }).Run().Findings);

    [Fact]
    public void A_reader_that_no_policy_holds_back_anyway_is_fine() =>
        Test("CREATE VIEW recent AS SELECT id FROM notes; GRANT SELECT ON recent TO reader;")
            .Live("", live => live with { Snapshot = live.Snapshot! with { Server = live.Snapshot.Server with { RolesPastRowSecurity = ["reader"] } } }).ExpectNothing();

    [Fact]
    [Trait("needs", "server")]
    public async Task What_is_said_holds_on_a_server()
    {
        using var database = server.CreateDatabase();
        database.Run("""
            DROP ROLE IF EXISTS rls_reader, rls_author, rls_passing; CREATE ROLE rls_reader; CREATE ROLE rls_author; CREATE ROLE rls_passing BYPASSRLS;
            CREATE TABLE notes (id int PRIMARY KEY); INSERT INTO notes VALUES (1); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
            ALTER TABLE notes OWNER TO rls_author; GRANT SELECT ON notes TO rls_reader, rls_passing; CREATE TABLE more (id int); ALTER TABLE more OWNER TO rls_author;
            CREATE VIEW by_owner AS SELECT id FROM notes; ALTER VIEW by_owner OWNER TO rls_author;
            CREATE VIEW by_superuser AS SELECT id FROM notes;
            CREATE VIEW by_passing AS SELECT id FROM notes; ALTER VIEW by_passing OWNER TO rls_passing;
            CREATE VIEW by_reader AS SELECT id FROM notes; ALTER VIEW by_reader OWNER TO rls_reader;
            CREATE VIEW as_invoker WITH (security_invoker = on) AS SELECT id FROM notes; ALTER VIEW as_invoker OWNER TO rls_author;
            CREATE VIEW over_invoker AS SELECT id FROM as_invoker; ALTER VIEW over_invoker OWNER TO rls_author;
            CREATE VIEW over_owner AS SELECT id FROM by_owner; ALTER VIEW over_owner OWNER TO rls_author;
            GRANT SELECT ON ALL TABLES IN SCHEMA public TO rls_reader;
            """);
        string[] views = ["as_invoker", "by_owner", "by_passing", "by_reader", "by_superuser", "over_invoker", "over_owner"];
        var passing = views.Where(view => database.Psql(["-c", $"SET ROLE rls_reader; SELECT count(*) FROM {view}"]).EnsureSuccess().Output.Trim() == "1");
        Assert.True(DatabaseUrl.TryParse(database.Url, out var url, out _));
        var read = await CatalogReader.ReadAsync(url, cancellation: TestContext.Current.CancellationToken);

        var found = RuleTest.For<ViewBypassesRlsRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("", live => live with { Snapshot = read }).Run().Findings;

        Assert.Equal(string.Join(' ', passing), string.Join(' ', found.Select(f => f.Subject.Name).Order(StringComparer.Ordinal)));
    }

    private static RuleTest Supabase(string sql) =>
        RuleTest.For<ViewBypassesRlsRule>().Platform(Platform.Supabase)
            .Migration("2025_a", "CREATE TABLE notes (id int PRIMARY KEY, user_id uuid); ALTER TABLE notes ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON notes USING (auth.uid() = user_id);\n" + sql);

    private static RuleTest Test(string sql) => RuleTest.For<ViewBypassesRlsRule>().Migration("2025_a", Tables + sql);
}
