using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NoDriftCheckInCiRuleTests
{
    [Fact]
    public void A_workflow_that_only_generates_the_client_sees_no_drift() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/test.yml", "[||]steps:\n  - run: npx prisma generate\n")
            .Expect("low: No CI job compares the schema with the migrations");

    [Fact]
    public void A_script_that_the_workflow_calls_counts() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "ci:db": "npm run drift", "drift": "prisma migrate diff --exit-code --from-migrations prisma/migrations --to-schema prisma/schema.prisma" } }
                """)
            .File(".github/workflows/test.yml", "steps:\n  - run: npm run ci:db\n")
            .ExpectNothing();

    [Theory]
    [InlineData("steps:\n  - run: pnpm run prisma:dev migrate diff --from-config-datasource --to-schema . --exit-code\n")]
    [InlineData("steps:\n  - name: Check for schema drift\n    uses: ./.github/actions/db\n")]
    [InlineData("steps:\n  - run: npx prisma migrate deploy\n  - run: npx prisma db pull --print > pulled.prisma\n")]
    [InlineData("steps:\n  - run: npx prisma migrate deploy\n  - run: git diff --exit-code prisma\n")]
    [InlineData("steps:\n  - run: bash scripts/check.sh\n")]
    public void A_job_that_checks_it_under_any_name_counts(string workflow) =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File("scripts/check.sh", "npx prisma migrate status\n")
            .File(".github/workflows/test.yml", workflow)
            .ExpectNothing();

    [Fact]
    public void Running_the_migrations_compares_nothing() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/test.yml", "[||]steps:\n  - run: npx prisma migrate deploy\n")
            .Expect("low: No CI job compares the schema with the migrations");

    [Theory]
    [InlineData("steps:\n  - run: npx prisma migrate deploy\n  - run: git ls-remote --exit-code origin main\n")]
    [InlineData("steps:\n  - run: |\n      // drift of the clock, and other things\n      node test.js\n")]
    [InlineData("steps:\n  - run: echo no drift\n")]
    public void Other_uses_of_the_same_words_compare_nothing(string workflow) =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/test.yml", "[||]" + workflow)
            .Expect("low: No CI job compares the schema with the migrations");

    [Fact]
    public void A_diff_in_another_workflow_than_the_deployment_is_about_something_else() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/a.yml", "[||]steps:\n  - run: npx prisma migrate deploy\n")
            .File(".github/workflows/b.yml", "steps:\n  - run: git diff --exit-code\n")
            .Expect("low: No CI job compares the schema with the migrations");

    [Theory]
    [InlineData("steps:\n  - name: generate prisma\n    run: pnpm generate\n")]
    [InlineData("services: { db: { image: postgres } }\n")]
    public void The_file_that_has_to_do_with_the_database_is_shown(string workflow) =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/a.yml", "steps:\n  - run: npm run lint\n")
            .File(".github/workflows/b.yml", "[||]" + workflow)
            .Expect("low: No CI job compares the schema with the migrations");

    [Fact]
    public void Plumbline_itself_counts() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/test.yml", "steps:\n  - run: plumb audit --area drift\n")
            .ExpectNothing();

    [Fact]
    public void Without_continuous_integration_nothing_is_said() =>
        RuleTest.For<NoDriftCheckInCiRule>()
            .Schema("model A {\n  id Int @id\n}")
            .Migration("20250101120000_init", "SELECT 1;")
            .ExpectNothing();
}
