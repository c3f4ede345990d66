using Plumbline.Audit.Rules.Schemas;

namespace Plumbline.Audit.Tests.Rules.Schemas;

public sealed class BudgetExceededRuleTests
{
    [Fact]
    public void A_block_that_runs_too_long_is_named_with_its_limit()
    {
        var finding = Assert.Single(RuleTest.For<BudgetExceededRule>()
            .Migration("1_init", """
                [|DO $$ BEGIN LOOP CREATE TABLE IF NOT EXISTS "User" (id int); END LOOP; END $$|];
                """)
            .Expect("high: A statement of 1_init costs more than the replay allows"));
        Assert.Equal("The block runs for more than 50,000 steps, the limit of the replay.", finding.Message);
        Assert.Equal("What this statement does is unknown, so the audit is incomplete.", finding.Impact);
    }

    [Fact]
    public void A_history_that_makes_too_much_ends_in_one_finding() =>
        RuleTest.For<BudgetExceededRule>()
            .Migration("1_init", string.Concat(Enumerable.Range(0, 300).Select(i => $"CREATE TABLE t{i} ({string.Join(", ", Enumerable.Range(0, 1_600).Select(c => $"c{c} int"))});\n")))
            .ExpectAt("high: The replay stopped in 1_init", "prisma/migrations/1_init/migration.sql:7:1");

    [Fact]
    public void A_schema_that_is_too_large_is_not_called_invalid() =>
        RuleTest.For<BudgetExceededRule>().With<InvalidRule>()
            .Schema(string.Concat(Enumerable.Range(0, 1_100).Select(i => $"enum E{i} {{\n{string.Concat(Enumerable.Range(0, 200).Select(v => $"  V{v}\n"))}}}\n")))
            .ExpectAt("high: The Prisma schema of app is too large to be read", "prisma/schema.prisma:199981:1");

    [Theory]
    [InlineData(".github/workflows/ci.yml")]
    [InlineData(".env.example")]
    [InlineData("Dockerfile")]
    public void A_file_that_is_too_long_is_named(string path) =>
        RuleTest.For<BudgetExceededRule>()
            .File(path, "# postgres\n" + new string('#', (1 << 20) + 1))
            .ExpectAt($"medium: {path} is longer than 1 MiB", $"{path}:1:1");

    [Fact]
    public void A_workflow_that_is_nested_too_deeply_is_named_where_it_is() =>
        RuleTest.For<BudgetExceededRule>()
            .File(".github/workflows/ci.yml", "a: " + new string('[', 65) + new string(']', 65))
            .ExpectAt("medium: .github/workflows/ci.yml is nested more than 64 levels deep", ".github/workflows/ci.yml:1:67");

    [Fact]
    public void Workflows_that_are_too_long_together_are_named_once()
    {
        var test = RuleTest.For<BudgetExceededRule>().File("package.json", "{}");
        for (var i = 1; i <= 9; i++)
            test = test.File($".github/workflows/c{i}.yml", "# postgres\n" + new string('#', 1_000_000));

        test.ExpectAt("medium: The CI files together exceed 8 MiB", ".github/workflows/c9.yml:1:1");
        var finding = Assert.Single(test.Run().Findings);
        Assert.Equal(".github/workflows/c9.yml and those after it are not read.", finding.Message);
        Assert.Equal("Make it smaller, or add .github/workflows/c9.yml to \"ignore\" in plumb.yaml if it need not be checked.", finding.Recommendation);
    }

    [Fact]
    public void Variables_that_double_are_named() =>
        RuleTest.For<BudgetExceededRule>()
            .PrismaVersion(6, 19)
            .Schema("datasource db {\n  provider = \"postgresql\"\n  url      = env(\"DATABASE_URL\")\n}\n")
            .File(".env.example", string.Concat(Enumerable.Range(1, 30).Select(i => $"A{i}=\"${{A{i - 1}}}${{A{i - 1}}}\"\n")) + "A0=xxxxxxxx\n")
            .ExpectAt("medium: The values in .env.example become too long when their variables are replaced", ".env.example:1:1");

    // Each file costs as much as the tables of the database that it is replayed on.
    [Fact]
    public void Files_that_are_too_many_to_be_replayed_are_named()
    {
        var test = RuleTest.For<BudgetExceededRule>().Migration("1_init", string.Concat(Enumerable.Range(0, 3_900).Select(i => $"CREATE TABLE t{i} ();\n")));
        for (var i = 0; i < 1_010; i++)
            test = test.File($"sql/f{i:0000}.sql", "CREATE TABLE x ();");

        test.ExpectAt("medium: The SQL files outside the migrations of app are too many to be replayed", "sql/f0999.sql:1:1");
    }

    [Fact]
    public void What_is_read_whole_is_no_reason_to_speak() =>
        RuleTest.For<BudgetExceededRule>()
            .Migration("1_init", """
                DO $$ BEGIN FOR i IN 1..100 LOOP EXECUTE 'CREATE TABLE t' || i || ' (id int)'; END LOOP; END $$;
                """)
            .File(".env.example", "A=x\nB=\"${A}${A}\"\n")
            .File(".github/workflows/ci.yml", "jobs:\n  a:\n    steps:\n      - run: npm test\n")
            .ExpectNothing();
}
