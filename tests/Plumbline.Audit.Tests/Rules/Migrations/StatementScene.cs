using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Tests.Rules.Migrations;

/// <summary>The ways in which a migration can run a statement, and create what the statement changes: a rule sees them all alike.</summary>
internal static class StatementScene
{
    private const string Tables = """
        CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
        CREATE TABLE "u" ("id" INT PRIMARY KEY);
        """;

    /// <summary>The rule reports a pending statement inside a DO block and in its EXECUTE, and in a function that the migration calls.</summary>
    /// <param name="statement">The statement on the tables t and u, with the mark where the finding stands.</param>
    /// <param name="line">The finding.</param>
    /// <param name="before">More statements before, already applied.</param>
    public static void ExpectInCode<TRule>(string statement, string line, string before = "")
        where TRule : Rule, new()
    {
        var bare = statement.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var function = $"CREATE FUNCTION f(n INT) RETURNS VOID LANGUAGE plpgsql AS $f$ BEGIN {bare}; END $f$;";
        string[] migrations =
        [
            $"DO $$ BEGIN IF 1 = 1 THEN {statement}; END IF; END $$;",
            $"DO $$ BEGIN [|EXECUTE $x${bare}$x$|]; END $$;",
            $"{function} [|SELECT f(1)|];",
            $"{function} DO $$ BEGIN [|PERFORM f(1)|]; END $$;",
            $"{function.Replace("FUNCTION", "PROCEDURE", StringComparison.Ordinal).Replace("RETURNS VOID ", "", StringComparison.Ordinal)} [|CALL f(1)|];",
        ];
        foreach (var migration in migrations)
            Pending<TRule>(before, migration).Expect(line);

        // A function that nobody calls, and an exception that takes it back.
        Pending<TRule>(before, function).ExpectNothing();
        Pending<TRule>(before, $"DO $$ BEGIN {bare}; RAISE EXCEPTION 'no'; EXCEPTION WHEN OTHERS THEN NULL; END $$;").ExpectNothing();
    }

    /// <summary>The rule reports nothing of tables that no database in use has rows of.</summary>
    /// <param name="statement">The statement on the table n, which has the columns of t.</param>
    /// <param name="before">A statement on n before it.</param>
    public static void ExpectNothingOnNewTables<TRule>(string statement, string before = "")
        where TRule : Rule, new()
    {
        string[] creations =
        [
            "CREATE TABLE \"n\" AS SELECT * FROM \"t\";",
            "SELECT * INTO \"n\" FROM \"t\";",
            "CREATE TABLE \"n\" (LIKE \"t\");",
            "CREATE TABLE \"m\" AS SELECT * FROM \"t\"; ALTER TABLE \"m\" RENAME TO \"n\";",
            "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || quote_ident('n') || ' AS SELECT * FROM \"t\"'; END $$;",
        ];
        foreach (var creation in creations)
        {
            Pending<TRule>("", $"{creation} {before} {statement};").ExpectNothing();

            // In two migrations, both pending.
            RuleTest.For<TRule>().Migration("2025_a", Tables).Migration("2025_b", creation + before).Migration("2025_c", statement + ";").Pending("2025_b").Pending("2025_c").ExpectNothing();
        }

        Pending<TRule>("CREATE TEMP TABLE \"n\" AS SELECT * FROM \"t\";" + before, statement + ";").ExpectNothing();
    }

    /// <summary>A pending migration after another one that makes the tables t and u.</summary>
    public static RuleTest Pending<TRule>(string before, string migration)
        where TRule : Rule, new() =>
        RuleTest.For<TRule>().Migration("2025_a", Tables + before).Migration("2025_b", migration).Pending("2025_b");
}
