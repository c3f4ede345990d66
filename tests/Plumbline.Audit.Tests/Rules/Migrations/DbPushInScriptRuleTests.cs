using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DbPushInScriptRuleTests
{
    [Fact]
    public void A_deployment_that_pushes_is_found() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "deploy": [|"prisma db push && node server.js"|] } }
                """)
            .Expect("medium: package.json deploys schema changes with prisma db push (deploy)");

    [Fact]
    public void A_script_that_only_offers_it_weighs_less() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "db:push": [|"prisma db push"|] } }
                """)
            .Expect("low: The script db:push in package.json runs prisma db push although there are migrations");

    [Fact]
    public void A_build_step_that_calls_the_script_deploys_it() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "db:push": [|"prisma db push"|], "vercel-build": "npm run db:push && next build" } }
                """)
            .Expect("medium: package.json deploys schema changes with prisma db push (vercel-build)");

    [Fact]
    public void A_script_for_development_weighs_less() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "dev": [|"prisma db push && next dev"|] } }
                """)
            .Expect("low: The script dev in package.json runs prisma db push although there are migrations");

    [Fact]
    public void A_test_database_may_be_pushed_to() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File("package.json", """
                { "scripts": { "test:setup": "prisma db push", "e2e-db": "prisma db push --force-reset" } }
                """)
            .ExpectNothing();

    [Fact]
    public void Without_migrations_pushing_is_the_way() =>
        RuleTest.For<DbPushInScriptRule>()
            .Schema("model A {\n  id Int @id\n}")
            .File("package.json", """
                { "scripts": { "deploy": "prisma db push" } }
                """)
            .ExpectNothing();

    [Fact]
    public void A_workflow_that_pushes_never_tries_the_migrations() =>
        RuleTest.For<DbPushInScriptRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .File(".github/workflows/build.yml", """
                jobs:
                  build:
                    steps:
                      - run: [|npx prisma db push|]
                """)
            .Expect("low: .github/workflows/build.yml runs prisma db push instead of the migrations");
}
