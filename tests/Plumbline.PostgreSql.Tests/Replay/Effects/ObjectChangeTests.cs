using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Model;

namespace Plumbline.PostgreSql.Tests.Replay.Effects;

public sealed class ObjectChangeTests
{
    [Theory]
    [InlineData("CREATE TABLE t (id int PRIMARY KEY, p int REFERENCES t)",
        "Create Table public.t, Create Column public.t.id Part, Create Column public.t.p Part, Create Index public.t_pkey Part, Create PrimaryKey public.t.t_pkey Part, Create ForeignKey public.t.t_p_fkey Part")]
    [InlineData("CREATE TABLE t AS SELECT 1 AS a", "Create Table public.t, Create Column public.t.a Part")]
    [InlineData("SELECT 1 AS a INTO t", "Create Table public.t, Create Column public.t.a Part")]
    [InlineData("CREATE TABLE t (id serial)", "Create Sequence public.t_id_seq Part, Create Table public.t, Create Column public.t.id Part")]
    [InlineData("DO $$ BEGIN EXECUTE format('CREATE TABLE %I (a int)', 't'); END $$", "Create Table public.t, Create Column public.t.a Part")]
    [InlineData("CREATE TYPE t AS ENUM ('a')", "Create Enum public.t, Create EnumValue public.t.a Part")]
    public void A_new_object_comes_with_its_parts(string statement, string expected) => Assert.Equal(expected, Told(Last(statement)));

    [Theory]
    [InlineData("ALTER TABLE a DROP COLUMN b", "Drop Index public.a_b_idx Cascade, Drop Column public.a.b")]
    [InlineData("DROP TABLE a CASCADE",
        "Drop View public.v Cascade, Drop Column public.v.id Part, Drop ForeignKey public.c.c_a_fkey Cascade, Drop Table public.a, Drop Column public.a.id Part, Drop Column public.a.b Part, Drop PrimaryKey public.a.a_pkey Part, Drop Index public.a_pkey Part, Drop Index public.a_b_idx Part")]
    [InlineData("ALTER TABLE a DROP CONSTRAINT a_pkey CASCADE", "Drop ForeignKey public.c.c_a_fkey Cascade, Drop PrimaryKey public.a.a_pkey, Drop Index public.a_pkey Part")]
    [InlineData("DO $$ BEGIN ALTER TABLE a DROP COLUMN b; END $$", "Drop Index public.a_b_idx Cascade, Drop Column public.a.b")]
    [InlineData("DO $$ BEGIN BEGIN DROP TABLE c; RAISE EXCEPTION 'no'; EXCEPTION WHEN OTHERS THEN DROP INDEX a_b_idx; END; END $$", "Drop Index public.a_b_idx")]
    [InlineData("DROP SEQUENCE s CASCADE", "Change Column public.c.n Cascade, Drop Sequence public.s")]
    public void What_goes_with_an_object_is_told_with_it(string statement, string expected)
    {
        var changes = Last("CREATE TABLE a (id int PRIMARY KEY, b int); CREATE INDEX ON a (b); CREATE SEQUENCE s; CREATE TABLE c (a int REFERENCES a, n int DEFAULT nextval('s')); CREATE VIEW v AS SELECT id FROM a; " + statement);
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), Told(changes).Split(", ").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_action_is_a_change_with_its_place_and_what_the_column_was_before_and_after()
    {
        const string Script = "CREATE TABLE a (b int DEFAULT 1); ALTER TABLE a ALTER COLUMN b DROP DEFAULT, ALTER COLUMN b TYPE bigint, ALTER COLUMN b SET NOT NULL;";
        var changes = Last(Script);
        Assert.Equal(["ALTER COLUMN b DROP DEFAULT", "ALTER COLUMN b TYPE bigint", "ALTER COLUMN b SET NOT NULL"], changes.Select(c => Script.Substring(c.Part!.Value.Start, c.Part.Value.Length)));
        Assert.Equal(["default dropped", "type integer → bigint", "not null"], changes.Select(c => c.Detail));
        Assert.Equal(["integer", "integer", "bigint"], changes.Select(c => ((ColumnState)c.Before!).Type.ToString()));
        Assert.Equal([true, true, true], changes.Select(c => ((ColumnState)c.Before!).IsNullable));
        Assert.Equal([true, true, false], changes.Select(c => ((ColumnState)c.After!).IsNullable));
        Assert.Equal("1", ((ColumnState)changes[0].Before!).Default!.Text);
        Assert.Null(((ColumnState)changes[2].After!).Default);
    }

    [Fact]
    public void The_place_inside_a_block_is_that_of_its_statement()
    {
        const string Script = "CREATE TABLE a (b int);\nDO $$ BEGIN\n  ALTER TABLE a ADD COLUMN c int, ADD COLUMN d int;\n  EXECUTE 'DROP TABLE ' || 'a';\nEND $$;";
        var changes = MigrationReplay.Run([ServerReplay.Migration(Script)]).Outcomes[^1].Effects;
        Assert.Equal(["EXECUTE 'DROP TABLE ' || 'a'"], changes.Where(c => c.Origin == ChangeOrigin.Named).Select(c => Script.Substring(c.Part!.Value.Start, c.Part.Value.Length)));
    }

    [Fact]
    public void Nothing_is_recorded_where_nobody_asks()
    {
        var result = MigrationReplay.Run([ServerReplay.Migration("CREATE TABLE a (b int);")], new ReplayOptions { RecordsEffects = false });
        Assert.Empty(result.Outcomes[0].Effects);
        Assert.Single(result.Schema.Tables);
    }

    [Fact]
    public void The_state_of_a_column_keeps_the_type_that_was_dropped_since()
    {
        var outcomes = MigrationReplay.Run([ServerReplay.Migration("CREATE TYPE e AS ENUM ('x'); CREATE TABLE a (b e DEFAULT 'x'); ALTER TABLE a ALTER b DROP DEFAULT, ALTER b TYPE text; DROP TYPE e;")]).Outcomes;
        var state = (ColumnState)outcomes[1].Effects.Single(c => c.ObjectKind == ObjectKind.Column).After!;
        Assert.Equal("public.e", state.Type.ToString());
        Assert.Equal("'x'::e", state.Default!.Text);
    }

    [Fact]
    public void Constraints_and_indexes_tell_what_they_were()
    {
        var changes = Last("CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (p int, s text); ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (p) REFERENCES p ON DELETE CASCADE NOT VALID; CREATE UNIQUE INDEX i ON a (lower(s), p) WHERE p > 0; DROP TABLE a;");
        var key = (ConstraintState)changes.Single(c => c.ObjectKind == ObjectKind.ForeignKey).Before!;
        Assert.Equal(["p"], key.Columns);
        Assert.Equal(new ObjectName("public", "p"), key.ReferencedTable);
        Assert.Equal(["id"], key.ReferencedColumns);
        Assert.Equal((ReferentialAction.Cascade, false), (key.OnDelete, key.IsValidated));
        var index = (IndexState)changes.Single(c => c.ObjectKind == ObjectKind.Index).Before!;
        Assert.Equal(["(lower(s))", "p"], index.Keys);
        Assert.True(index.IsUnique);
        Assert.Equal("p > 0", index.Predicate!.Text);
    }

    [Theory]
    [InlineData("BEGIN; CREATE TABLE a (id int); DROP TABLE nope; COMMIT;", 1, 2)]
    [InlineData("BEGIN; CREATE TABLE a (id int); ROLLBACK;", 1, 2)]
    [InlineData("BEGIN; SAVEPOINT s; CREATE TABLE a (id int); ROLLBACK TO s; COMMIT;", 2, 3)]
    [InlineData("BEGIN; CREATE TABLE a (id int);", 1, null)]
    public void What_was_rolled_back_names_the_statement_that_did_it(string script, int index, int? cause)
    {
        var outcome = MigrationReplay.Run([ServerReplay.Migration(script)]).Outcomes[index];
        Assert.True(outcome.IsRolledBack);
        Assert.Equal(cause, outcome.RolledBackBy);
    }

    [Fact]
    public void A_deployment_that_fails_rolls_back_the_statements_before()
    {
        var outcomes = MigrationReplay.Deploy([ServerReplay.Migration("CREATE TABLE a (id int); DROP TABLE nope;")]).Outcomes;
        Assert.Equal((true, 1), (outcomes[0].IsRolledBack, outcomes[0].RolledBackBy));
    }

    private static IReadOnlyList<ObjectChange> Last(string script) => MigrationReplay.Run([ServerReplay.Migration(script)]).Outcomes[^1].Effects;

    private static string Told(IEnumerable<ObjectChange> changes) =>
        string.Join(", ", changes.Select(c => $"{c.Kind} {c.ObjectKind} {c.Name}{(c.Member is null ? "" : "." + c.Member)}{(c.Origin == ChangeOrigin.Named ? "" : $" {c.Origin}")}"));
}
