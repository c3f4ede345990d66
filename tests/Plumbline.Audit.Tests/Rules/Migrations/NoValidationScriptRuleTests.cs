using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class NoValidationScriptRuleTests
{
    [Fact]
    public void Migrations_are_run_and_never_checked() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "migrate": [|"prisma migrate dev"|], "studio": "prisma studio" } }
                """)
            .Expect("info: No script previews a migration or shows its status");

    [Fact]
    public void Generate_validates_the_schema_but_looks_at_no_migration()
    {
        var finding = Assert.Single(RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "migrate": [|"prisma migrate dev"|], "build": "prisma generate && tsc" } }
                """)
            .Expect());
        Assert.Contains("prisma generate validates the schema only", finding.Message);
        Assert.DoesNotContain("schema", finding.Impact);
    }

    [Fact]
    public void The_scripts_of_a_template_are_run_elsewhere() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("templates/server/package.json", """
                { "scripts": { "migrate": "prisma migrate deploy" } }
                """)
            .ExpectNothing();

    [Fact]
    public void A_preview_script_is_enough() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "migrate": "prisma migrate dev", "preview": "prisma migrate dev --create-only" } }
                """)
            .ExpectNothing();

    [Fact]
    public void A_step_of_the_workflow_is_enough() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "migrate": "prisma migrate dev" } }
                """)
            .File(".github/workflows/test.yml", "steps:\n  - run: npx prisma validate\n")
            .ExpectNothing();

    [Fact]
    public void A_comment_inside_a_step_is_no_step() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "migrate": [|"prisma migrate dev"|] } }
                """)
            .File(".github/workflows/test.yml", "steps:\n  - run: |\n      // drift, see the manual\n      node test.js\n")
            .Expect("info: No script previews a migration or shows its status");

    [Fact]
    public void A_repository_that_runs_no_migrations_is_left_alone() =>
        RuleTest.For<NoValidationScriptRule>()
            .File("package.json", """
                { "scripts": { "generate": "prisma generate" } }
                """)
            .ExpectNothing();
}
