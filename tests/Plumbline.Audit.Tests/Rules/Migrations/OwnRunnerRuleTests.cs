using Plumbline.Audit.Rules.Drift;
using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class OwnRunnerRuleTests
{
    private const string Title = "info: The migrations in prisma/migrations are run by a program of the repository, not by prisma migrate";
    private const string Reader = "import fs from 'fs';\nexport const files = dir => fs.readdirSync(dir).map(f => fs.readFileSync(`${dir}/${f}/migration.sql`, 'utf8'));\n";
    private const string Concurrently = "CREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY i ON t (id);";

    [Fact]
    public void What_prisma_migrate_runs_is_not_named() =>
        RuleTest.For<OwnRunnerRule>().Migration("2025_a", "-- CreateTable\nCREATE TABLE t (id int);").File("src/app.ts", "prisma.$queryRawUnsafe(sql)").ExpectNothing();

    [Fact]
    public void A_placeholder_shows_it_with_the_code_that_fills_it() =>
        RuleTest.For<OwnRunnerRule>()
            .Migration("2025_a", "CREATE TABLE [|{{schema}}.|]t (id int);")
            .File("src/migrate.ts", "sql.replaceAll('{{{|schema|}}}', name)")
            .Expect(Title);

    [Fact]
    public void A_comment_that_the_sending_code_looks_for_shows_it() =>
        RuleTest.For<OwnRunnerRule>()
            .Migration("2025_a", "CREATE TABLE t (id int);\n-- [|NEXT_STATEMENT|]\nCREATE TABLE u (id int);")
            .File("src/migrations.ts", "for (const part of migration.split('{|NEXT_STATEMENT|}')) await tx.$executeRawUnsafe(part);")
            .Expect(Title);

    [Fact]
    public void A_comment_in_capitals_that_no_sending_code_knows_is_a_comment() =>
        RuleTest.For<OwnRunnerRule>()
            .Migration("2025_a", "-- USER_ROLES\nCREATE TABLE t (id int);")
            .File("src/roles.ts", "export const USER_ROLES = ['a'];")
            .ExpectNothing();

    [Fact]
    public void Code_that_sends_the_files_of_the_migrations_shows_it() =>
        RuleTest.For<OwnRunnerRule>()
            .Migration("2025_a", "CREATE TABLE t (id int);")
            .File("src/migrations/files.ts", Reader)
            .File("src/migrations/run.ts", "for (const migration of files(dir)) await [|pool.query(migration)|];")
            .Expect(Title);

    [Theory]
    [InlineData("src/migrations/run.ts", "for (const migration of files(dir)) console.log(migration);")]
    [InlineData("src/other/run.ts", "for (const migration of list) await pool.query(migration);")]
    [InlineData("src/migrations/__tests__/run.ts", "for (const migration of files(dir)) await pool.query(migration);")]
    public void Code_that_only_reads_the_files_or_sends_something_else_is_no_runner(string path, string code) =>
        RuleTest.For<OwnRunnerRule>().Migration("2025_a", "CREATE TABLE t (id int);").File("src/migrations/files.ts", Reader).File(path, code).ExpectNothing();

    [Theory]
    [InlineData("package.json", """{ "scripts": { "deploy": "prisma migrate deploy" } }""")]
    [InlineData("Dockerfile", "CMD npx prisma migrate deploy && node .")]
    [InlineData("src/start.ts", "await exec('npx', ['prisma', 'migrate', 'deploy']); // the migrations")]
    public void Where_prisma_migrate_runs_the_history_other_code_that_sends_it_is_no_runner(string path, string text) =>
        RuleTest.For<OwnRunnerRule>()
            .Migration("2025_a", "CREATE TABLE t (id int);")
            .File("src/migrations/files.ts", Reader)
            .File("src/migrations/run.ts", "for (const migration of files(dir)) await pool.query(migration);")
            .File(path, text)
            .ExpectNothing();

    [Fact]
    public void A_file_need_not_be_one_transaction() =>
        RuleTest.For<ConcurrentInTransactionRule>()
            .With<DeployOnlyErrorRule>()
            .Migration("2025_a", Concurrently + "\n-- NEXT_STATEMENT")
            .File("src/migrations.ts", "migration.split('NEXT_STATEMENT').map(part => tx.$executeRawUnsafe(part));")
            .ExpectNothing();

    [Fact]
    public void A_statement_that_the_program_completes_is_not_refused() =>
        RuleTest.For<ReplayErrorRule>()
            .Migration("2025_a", "CREATE TABLE t (id int);\nALTER TABLE {{ table }} ADD b int;\n[|DROP TABLE {{ schema }}.nowhere|];")
            .Expect("critical: 2025_a fails on an empty database: table \"nowhere\" does not exist");

    [Fact]
    public void What_a_statement_that_the_program_completes_drops_is_not_known() =>
        RuleTest.For<DropColumnRule>()
            .Migration("2025_a", "CREATE TABLE t (id int, a int, b int);")
            .Migration("2025_b", "ALTER TABLE t DROP COLUMN {{column}}a, DROP COLUMN b;\nALTER TABLE {{schema}}.t [|DROP COLUMN a|];")
            .Pending("2025_b")
            .Expect();

    [Fact]
    public void A_table_that_the_program_creates_is_not_missing()
    {
        Run("CREATE TABLE IF NOT EXISTS \"Applied\" (id int)").ExpectNothing();
        Run("SELECT 1 FROM \"Applied\"").ExpectAt("critical: Applied is in the schema but no migration creates it", "prisma/schema.prisma:1:1");

        static RuleTest Run(string sql) =>
            RuleTest.For<MissingTableRule>()
                .Schema("model Applied {\n  id Int @id\n}")
                .Migration("2025_a", "CREATE TABLE {{schema}}.t (id int);")
                .File("src/migrate.ts", $"sql.replaceAll('{{{{schema}}}}', name); tx.$executeRaw`{sql}`");
    }
}
