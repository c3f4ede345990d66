using Plumbline.PostgreSql.Replay;

namespace Plumbline.PostgreSql.Tests.Replay.Effects;

/// <summary>The statements that code runs, with their places and what each did.</summary>
public sealed class RanStatementTests
{
    private const string Table = "CREATE TABLE a (id int);\n";

    [Fact]
    public void A_statement_in_a_block_has_its_place_and_its_own_effects()
    {
        const string Script = Table + "DO $$ BEGIN\n  ALTER TABLE a ADD COLUMN b int;\n  ALTER TABLE a ADD COLUMN IF NOT EXISTS b int;\n  DROP TABLE a;\nEND $$;";
        var ran = Last(Script).Ran;
        Assert.Equal(["ALTER TABLE a ADD COLUMN b int", "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int", "DROP TABLE a"], ran.Select(r => Script.Substring(r.Start!.Value + r.Syntax.Span.Start, r.Syntax.Span.Length)));
        Assert.Equal(["Create Column b", "", "Drop Column id, Drop Column b, Drop Table "], ran.Select(Told));
    }

    [Fact]
    public void What_EXECUTE_computes_stands_where_EXECUTE_does()
    {
        const string Script = Table + "DO $$ DECLARE c text; BEGIN FOREACH c IN ARRAY ARRAY['b', 'c'] LOOP EXECUTE format('ALTER TABLE a ADD COLUMN %I int', c); END LOOP; END $$;";
        var ran = Last(Script).Ran;
        Assert.Equal(["Create Column b", "Create Column c"], ran.Select(Told));
        Assert.All(ran, r => Assert.Null(r.Start));
        Assert.All(ran, r => Assert.StartsWith("EXECUTE format", Script[r.Part!.Value.Start..], StringComparison.Ordinal));
    }

    [Fact]
    public void What_an_exception_takes_back_did_not_run()
    {
        var ran = Last(Table + "DO $$ BEGIN BEGIN DROP TABLE a; CREATE TABLE b (); CREATE TABLE b (); EXCEPTION WHEN duplicate_table THEN CREATE TABLE c (); END; END $$;").Ran;
        Assert.Equal(["Create Table "], ran.Select(Told));
    }

    [Fact]
    public void The_statements_of_a_called_function_stand_where_it_is_called()
    {
        const string Script = Table + "CREATE FUNCTION f(n text) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN EXECUTE 'DROP TABLE ' || n; UPDATE b SET id = 1; END $f$; CREATE TABLE b (id int); SELECT f('a');";
        var outcome = Last(Script);
        Assert.Equal((OutcomeKind.Done, 2), (outcome.Kind, outcome.Ran.Length));
        Assert.Equal("Drop Column id, Drop Table ", Told(outcome.Ran[0]));
        Assert.Equal((null, null), (outcome.Ran[1].Start, outcome.Ran[1].Part));
        Assert.Equal("UPDATE b SET id = 1", outcome.Ran[1].Text.Trim());
    }

    [Fact]
    public void A_statement_on_rows_that_may_run_is_among_them() =>
        Assert.Single(Last(Table + "INSERT INTO a VALUES (1);\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM a WHERE id > 1) THEN UPDATE a SET id = 2; END IF; END $$;").Ran);

    [Theory]
    [InlineData("SELECT f(1) FROM a")]
    [InlineData("SELECT f(1) WHERE false")]
    [InlineData("SELECT f(n => 1)")]
    [InlineData("SELECT g()")]
    [InlineData("SELECT h(1)")]
    public void A_call_that_the_replay_cannot_follow_is_left_out(string call)
    {
        var outcome = Last(Table + $"CREATE FUNCTION f(n int) RETURNS void LANGUAGE plpgsql AS 'BEGIN DROP TABLE a; END'; CREATE FUNCTION g() RETURNS void LANGUAGE sql AS 'DROP TABLE a'; CREATE FUNCTION h(int) RETURNS void LANGUAGE plpgsql AS 'BEGIN IF $1 > 0 THEN DROP TABLE a; END IF; END'; {call};");
        Assert.Equal((OutcomeKind.CannotKnow, 0), (outcome.Kind, outcome.Ran.Length));
    }

    [Fact]
    public void A_loop_without_end_is_bounded() =>
        Assert.Equal(OutcomeKind.CannotKnow, Last("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM f(); CREATE TABLE a (); END'; SELECT f();").Kind);

    private static string Told(RanStatement statement) => string.Join(", ", statement.Effects.Select(e => $"{e.Kind} {e.ObjectKind} {e.Member}"));

    private static StatementOutcome Last(string script) => MigrationReplay.Run([ServerReplay.Migration(script)]).Outcomes[^1];
}
