using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>No block makes a value that is too large, and what all blocks do together is counted: what cannot be computed within the budget is not known.</summary>
[Collection(nameof(LargeInputs))]
public sealed class BlockBudgetTests
{
    private const string Make = "; EXECUTE 'CREATE TABLE x (a int)' || a";

    public static TheoryData<string, string> Growing() => new()
    {
        { "a text := 'x'", "LOOP a := a || a; END LOOP" },
        { "a int[] := ARRAY[1]", "LOOP a := a || a; END LOOP" },
        { "a int[] := ARRAY[1]", "LOOP a := a || 1; END LOOP" },
        { "a int[] := ARRAY[1]", "LOOP a := array_append(a, 1); END LOOP" },
        { "a int[] := ARRAY[1]", "LOOP a := ARRAY[a, a]; END LOOP" },
        { "a int[] := ARRAY[1]", "FOR i IN 1..40 LOOP a := ARRAY[a, a]; END LOOP" },
        { "a int[] := ARRAY[1]; b int[] := ARRAY[1]", "FOR i IN 1..40 LOOP a := ARRAY[a, a]; b := ARRAY[b, b]; END LOOP; IF a = b THEN CREATE TABLE y (); END IF" },
        { "a int[] := ARRAY[1]", "FOR i IN 1..40 LOOP a := ARRAY[a, a]; END LOOP; FOR i IN SELECT unnest(a) LOOP CREATE TABLE y (); END LOOP" },
        { "a record", "FOR i IN 1..40 LOOP a := ROW(a, a); END LOOP" },
        { "a text := 'x'", "LOOP a := concat(a, a); END LOOP" },
        { "a text := 'x'", "LOOP a := concat_ws(a, a, a); END LOOP" },
        { "a text := 'x'", "LOOP a := array_to_string(ARRAY[a, a], a); END LOOP" },
        { "a text", "a := repeat('x', 1000000); LOOP a := replace(a, 'x', a); END LOOP" },
        { "a text", "a := repeat('x', 900000); LOOP a := regexp_replace(a, 'x', a, 'g'); END LOOP" },
        { "a text", @"a := regexp_replace(repeat('x', 999999), '.*', repeat('\&', 400000))" },
        { "a text", "a := repeat('''', 999999); LOOP a := quote_literal(a); END LOOP" },
        { "a text", "a := repeat('\"', 999999); LOOP a := quote_ident(a); END LOOP" },
        { "a text", "a := repeat('x', 1000000000)" },
        { "a text", "a := repeat('', 2000000000); a := repeat('x', 2000000000)" },
        { "a text", "a := format('%9999s%9999s%9999s', 1, 2, 3); LOOP a := a || format('%9999s', 1); END LOOP" },
        { "a text", "FOR i IN 1..40000 LOOP a := repeat('x', 1000000); a := upper(a); CREATE TABLE IF NOT EXISTS y (); END LOOP" },
        { "a text[]", "FOR i IN 1..40000 LOOP a := a || (repeat('x', 900000) || i::text); END LOOP" },
        { "a bigint", "SELECT count(*) INTO a FROM generate_series(1, 1000000000)" },
        { "a numeric", "FOR a IN SELECT * FROM generate_series(1e20, 1e20 + 1, 0.0000000001) LOOP CREATE TABLE y (); END LOOP" },
        { "a numeric", "SELECT count(*) INTO a FROM generate_series(-7e28, 7e28)" },
        { "a numeric", "SELECT sum(x) INTO a FROM generate_series(7e28, 7e28 + 3) x" },
        { "a bigint", "SELECT count(*) INTO a FROM generate_series(1, 2000) x, generate_series(1, 2000) y, generate_series(1, 2000) z" },
        { "a bigint", $"SELECT count(*) INTO a FROM ({string.Concat(Enumerable.Repeat("SELECT * FROM generate_series(1, 200000) UNION ALL ", 100))}SELECT 1) x" },
        { "a text", "SELECT string_agg('xxxxxxxxxxxxxxx', repeat('y', 1000000)) INTO a FROM generate_series(1, 200000)" },
        { "a int[]; b int[]", "SELECT array_agg(x) INTO a FROM generate_series(1, 100000) x; b := a; IF NOT a && ARRAY[0] AND b <@ a THEN CREATE TABLE y (); END IF; LOOP a := a || b; END LOOP" },
        { "a text", "LOOP IF repeat('a', 5000) ~ '(a*)*(a*)*(a*)*c' THEN CREATE TABLE y (); END IF; END LOOP" },
        { "a text", "IF 'a' ~ '((((a{1,200}){1,200}){1,200}){1,200}){1,200}' THEN CREATE TABLE y (); END IF" },
        { "a text", "IF 'a' LIKE repeat('%a', 400000) THEN CREATE TABLE y (); END IF" },
        { "a text", "FOR i IN 1..79228162514264337593543950335 BY 79228162514264337593543950335 LOOP CREATE TABLE y (); END LOOP" },
    };

    [Theory]
    [MemberData(nameof(Growing))]
    public void What_grows_beyond_the_budget_is_not_known(string declarations, string body)
    {
        var replayed = Replay($"DO $$ DECLARE {declarations}; BEGIN {body}{Make}; END $$;");
        Assert.NotEqual(OutcomeKind.Done, replayed.Outcomes[^1].Kind);
        Assert.Empty(replayed.Schema.Tables);
    }

    [Fact]
    public void What_is_within_the_budget_is_computed()
    {
        var replayed = Replay("""
            DO $$ DECLARE a text; n int; BEGIN
              SELECT string_agg('c' || x || ' int', ', ' ORDER BY x) INTO a FROM generate_series(1, 3) x;
              SELECT count(*) INTO n FROM (SELECT * FROM generate_series(1, 100000) EXCEPT SELECT * FROM generate_series(2, 100000)) s;
              IF n = 1 AND regexp_replace('aab', '(a+)(b)', '\2\1\&') = 'baaaab' AND replace('a.b', '.', '..') = 'a..b' AND concat_ws('-', 'a', NULL, 'b') = 'a-b' THEN
                EXECUTE format('CREATE TABLE %I (%s)', lpad('x', 3, 'y'), a);
              END IF;
            END $$;
            """);
        Assert.Equal("yyx", Assert.Single(replayed.Schema.Tables).Name.Name);
        Assert.Equal(["c1", "c2", "c3"], replayed.Schema.Tables[0].Columns.Select(column => column.Name));
    }

    // No rows of a table are needed to know these values.
    [Theory]
    [InlineData("SELECT count(*) INTO a FROM generate_series(1, 250000) x; EXECUTE 'CREATE TABLE t' || a || ' (id int)'", "\"'CREATE TABLE t' || a || ' (id int)'\" is not computed: a query reads more than 200,000 rows.")]
    [InlineData("EXECUTE 'CREATE TABLE t' || repeat('x', 2000000) || ' (id int)'", " is not computed: a value has more than 1,000,000 characters or items.")]
    public void A_value_beyond_the_budget_is_said_not_to_be_computed(string statements, string expected) =>
        Assert.EndsWith(expected, Replay($"DO $$ DECLARE a text; BEGIN {statements}; END $$;").Outcomes[0].Reason, StringComparison.Ordinal);

    [Fact]
    public void All_blocks_of_a_history_share_one_budget()
    {
        var block = "DO $$ BEGIN FOR i IN 1..15000 LOOP CREATE TABLE IF NOT EXISTS q (a int); END LOOP; END $$;\n";
        var replayed = Replay(string.Concat(Enumerable.Repeat(block, 12)));
        Assert.Equal(OutcomeKind.Done, replayed.Outcomes[0].Kind);
        Assert.Equal(OutcomeKind.CannotKnow, replayed.Outcomes[^1].Kind);
        Assert.Equal("The blocks and functions of all migrations together need more than 20,000,000 look-ups, the limit of the replay.", replayed.Outcomes[^1].Reason);
    }

    [Theory]
    [InlineData("CREATE FUNCTION f(n int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE TABLE IF NOT EXISTS x (a int); PERFORM f(n - 1); PERFORM f(n - 1); END $$;\nDO $$ BEGIN PERFORM f(100); END $$;")]
    [InlineData("DO $$ DECLARE a text := 'SELECT 1'; BEGIN FOR i IN 1..40 LOOP a := format('DO %L', 'BEGIN EXECUTE ' || quote_literal(a) || '; EXECUTE ' || quote_literal(a) || '; END'); END LOOP; EXECUTE a; END $$;")]
    public void What_calls_itself_twice_ends(string script) => Assert.NotEqual(OutcomeKind.Refused, Replay(script).Outcomes[^1].Kind);

    [Fact]
    public void The_budget_counts_and_stays_used()
    {
        var budget = new ReplayBudget();
        Assert.True(budget.TryUse(ReadingBudget.HistoryLookups));
        Assert.False(budget.TakeExceeded());
        Assert.False(budget.TryUse(1));
        Assert.True(budget.TakeExceeded());
        Assert.False(new ReplayBudget().TryUse(long.MaxValue));
    }

    private static ReplayResult Replay(string script) => MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))]);
}
