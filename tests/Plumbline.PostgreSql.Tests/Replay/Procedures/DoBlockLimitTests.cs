using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Tests.Replay.Procedures;

public sealed class DoBlockLimitTests
{
    private const string Users = "CREATE TABLE users (id int, name text);\n";

    [Fact]
    public void A_guard_over_a_table_with_rows_cannot_be_known()
    {
        var replayed = Replay(Users + "INSERT INTO users VALUES (1, 'x');\nDO $$ BEGIN IF EXISTS (SELECT 1 FROM users WHERE id = 2) THEN CREATE TABLE a (); END IF; END $$;");
        Assert.Equal(OutcomeKind.CannotKnow, replayed.Outcomes[^1].Kind);
        Assert.Equal("Whether \"EXISTS (SELECT 1 FROM users WHERE id = 2)\" holds cannot be known without the data: it depends on the rows of \"users\".", replayed.Outcomes[^1].Reason);
        Assert.Single(replayed.Schema.Tables);
    }

    [Fact]
    public void What_a_block_does_before_it_cannot_be_known_is_left_out()
    {
        var replayed = Replay(Users + "INSERT INTO users VALUES (1, 'x');\nDO $$ BEGIN CREATE TABLE a (); IF EXISTS (SELECT 1 FROM users) THEN CREATE TABLE b (); END IF; END $$;");
        Assert.Equal(OutcomeKind.CannotKnow, replayed.Outcomes[^1].Kind);
        Assert.Empty(replayed.Outcomes[^1].Changes);
        Assert.Single(replayed.Schema.Tables);
    }

    [Theory]
    [InlineData("IF EXISTS (SELECT 1 FROM users) THEN UPDATE users SET name = 'y'; ELSE INSERT INTO users VALUES (2, 'z'); END IF;")]
    [InlineData("FOR r IN SELECT * FROM users LOOP UPDATE users SET name = r.name || '!' WHERE id = r.id; END LOOP;")]
    [InlineData("IF (SELECT count(*) FROM users) > 3 THEN RAISE EXCEPTION 'too many'; END IF;")]
    [InlineData("EXECUTE 'UPDATE users SET name = ' || (SELECT quote_literal(name) FROM users);")]
    public void A_block_that_changes_rows_alone_is_done_whatever_the_rows_are(string statements)
    {
        var replayed = Replay(Users + $"INSERT INTO users VALUES (1, 'x');\nDO $$ DECLARE r record; BEGIN {statements} END $$;");
        Assert.Equal(OutcomeKind.Done, replayed.Outcomes[^1].Kind);
    }

    [Fact]
    public void Rows_that_a_branch_may_add_make_later_guards_unknown()
    {
        var replayed = Replay(Users + """
            CREATE TABLE other (id int);
            INSERT INTO users VALUES (1, 'x');
            DO $$ BEGIN IF EXISTS (SELECT 1 FROM users WHERE id = 3) THEN INSERT INTO other VALUES (1); END IF; END $$;
            DO $$ BEGIN IF EXISTS (SELECT 1 FROM other) THEN DROP TABLE other; END IF; END $$;
            """);
        Assert.Equal([OutcomeKind.Done, OutcomeKind.CannotKnow], replayed.Outcomes[^2..].Select(o => o.Kind));
    }

    [Fact]
    public void An_outcome_lists_what_the_statements_inside_changed_and_not_what_was_taken_back()
    {
        var replayed = Replay("DO $$ BEGIN CREATE TABLE a (id int); BEGIN CREATE TABLE lost (); DROP TABLE missing; EXCEPTION WHEN undefined_table THEN ALTER TABLE a ADD COLUMN b int; END; END $$;");
        Assert.Equal(["table public.a", "column public.a.id", "column public.a.b"], replayed.Outcomes[0].Effects.Select(c => c.ToString()));
    }

    [Fact]
    public void A_block_in_another_language_cannot_be_known() =>
        Assert.Equal("The replay does not run blocks in plperl.", Replay("DO LANGUAGE plperl $$ x $$;").Outcomes[0].Reason);

    [Theory]
    [InlineData("LOOP NULL; END LOOP;", OutcomeKind.Done, false)]
    [InlineData("CREATE TABLE a (); LOOP NULL; END LOOP;", OutcomeKind.CannotKnow, true)]
    [InlineData("FOR i IN 1..2000000000 LOOP EXECUTE 'CREATE TABLE t' || i || ' ()'; END LOOP;", OutcomeKind.CannotKnow, true)]
    [InlineData("FOR i IN 1..2000000000 LOOP INSERT INTO nothing VALUES (i); END LOOP;", OutcomeKind.Refused, false)]
    [InlineData("WHILE true LOOP BEGIN DROP TABLE missing; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP;", OutcomeKind.CannotKnow, true)]
    [InlineData("WHILE length(x) >= 0 LOOP x := x || x || 'abc'; END LOOP; EXECUTE x;", OutcomeKind.CannotKnow, true)]
    [InlineData("PERFORM count(*) FROM pg_proc a, pg_proc b, pg_proc c, pg_proc d; CREATE TABLE a ();", OutcomeKind.Done, false)]
    [InlineData("IF EXISTS (SELECT 1 FROM pg_proc a, pg_proc b, pg_proc c WHERE a.proname || b.proname = c.proname || 'x') THEN CREATE TABLE a (); END IF;", OutcomeKind.CannotKnow, true)]
    [InlineData("IF repeat('(a+)+', 20) ~ 'x' AND repeat('a', 50) || '!' ~ '(a+)+$' THEN CREATE TABLE a (); END IF;", OutcomeKind.Done, false)]
    public void Hostile_blocks_come_to_an_end(string statements, OutcomeKind kind, bool exceedsBudget)
    {
        var outcome = Assert.Single(Replay($"DO $$ DECLARE x text := 'x'; BEGIN {statements} END $$;").Outcomes);
        Assert.Equal((kind, exceedsBudget), (outcome.Kind, outcome.ExceedsBudget));
    }

    [Theory]
    [InlineData("BEGIN ", "END; ")]
    [InlineData("IF true THEN ", "END IF; ")]
    [InlineData("x := (", "1); ")]
    public void Deeply_nested_blocks_are_no_danger(string open, string close)
    {
        var nested = string.Concat(Enumerable.Repeat(open, 20_000)) + string.Concat(Enumerable.Repeat(close, 20_000));
        Assert.Single(Replay($"DO $$ DECLARE x int; BEGIN {nested} END $$;").Outcomes);
    }

    [Fact]
    public void A_block_that_executes_itself_comes_to_an_end()
    {
        var text = "NULL";
        for (var i = 0; i < 60; i++)
        {
            text = $"DO $x{i}$ BEGIN {text}; END $x{i}$";
        }

        Assert.Single(Replay(text).Outcomes);
    }

    private static ReplayResult Replay(string script) => MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))]);
}
