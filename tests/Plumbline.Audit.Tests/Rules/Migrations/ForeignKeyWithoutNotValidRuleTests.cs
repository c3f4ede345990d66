using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ForeignKeyWithoutNotValidRuleTests
{
    [Fact]
    public void Both_tables_are_locked() =>
        RuleTest.For<ForeignKeyWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_c_fkey\" FOREIGN KEY (\"c\") REFERENCES \"u\"(\"id\")|];")
            .Pending("2025_b")
            .Expect("medium: A foreign key from t to u is added without NOT VALID");

    [Fact]
    public void In_an_applied_migration_it_is_history() =>
        RuleTest.For<ForeignKeyWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", "ALTER TABLE \"t\" [|ADD CONSTRAINT \"t_c_fkey\" FOREIGN KEY (\"c\") REFERENCES \"u\"(\"id\")|];")
            .Expect("info: A foreign key from t to u is added without NOT VALID");

    [Fact]
    public void A_new_table_or_NOT_VALID_checks_nothing() =>
        RuleTest.For<ForeignKeyWithoutNotValidRule>()
            .Migration("2025_a", """
                CREATE TABLE "t" ("id" INT PRIMARY KEY, "a" TEXT, "b" TEXT, "c" INT);
                CREATE TABLE "u" ("id" INT PRIMARY KEY);
                """)
            .Migration("2025_b", """
                CREATE TABLE "v" ("id" INT PRIMARY KEY, "c" INT);
                ALTER TABLE "v" ADD CONSTRAINT "v_c_fkey" FOREIGN KEY ("c") REFERENCES "u"("id");
                ALTER TABLE "t" ADD CONSTRAINT "t_c_fkey" FOREIGN KEY ("c") REFERENCES "u"("id") NOT VALID;
                """)
            .Pending("2025_b")
            .ExpectNothing();

    [Fact]
    public void Code_runs_it_as_well() =>
        StatementScene.ExpectInCode<ForeignKeyWithoutNotValidRule>("ALTER TABLE \"t\" [|ADD CONSTRAINT \"k\" FOREIGN KEY (\"c\") REFERENCES \"u\" (\"id\")|]", "medium: A foreign key from t to u is added without NOT VALID");

    [Fact]
    public void A_table_without_rows_in_use_comes_to_no_harm() =>
        StatementScene.ExpectNothingOnNewTables<ForeignKeyWithoutNotValidRule>("ALTER TABLE \"n\" ADD CONSTRAINT \"k\" FOREIGN KEY (\"c\") REFERENCES \"u\" (\"id\")");

    [Fact]
    public void A_constraint_that_exists_already_is_not_added_again() =>
        StatementScene.Pending<ForeignKeyWithoutNotValidRule>(
            "ALTER TABLE \"t\" ADD CONSTRAINT \"k\" FOREIGN KEY (\"c\") REFERENCES \"u\" (\"id\");",
            "DO $$ BEGIN ALTER TABLE \"t\" ADD CONSTRAINT \"k\" FOREIGN KEY (\"c\") REFERENCES \"u\" (\"id\"); EXCEPTION WHEN duplicate_object THEN NULL; END $$;")
            .ExpectNothing();
}
