using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ScriptFileMissingRuleTests
{
    [Fact]
    public void A_seed_that_is_not_there_is_found() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("package.json", """
                { "scripts": { "db:seed": [|"tsx prisma/seeds/main.ts"|] } }
                """)
            .Expect("medium: The script db:seed runs prisma/seeds/main.ts, which does not exist");

    [Fact]
    public void The_schema_option_is_looked_at() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("package.json", """
                { "scripts": { "generate": [|"prisma generate --schema=db/schema.prisma || true"|] } }
                """)
            .Expect("medium: The script generate refers to db/schema.prisma, which does not exist");

    [Fact]
    public void A_script_that_is_run_by_its_path_is_looked_at() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("package.json", """
                { "scripts": { "db:reset": [|"NODE_ENV=development ./scripts/reset-db.sh"|] } }
                """)
            .Expect("medium: The script db:reset runs ./scripts/reset-db.sh, which does not exist");

    [Fact]
    public void The_place_of_a_moved_file_is_named()
    {
        var finding = Assert.Single(RuleTest.For<ScriptFileMissingRule>()
            .File("tools/reset-db.sh", "echo")
            .File("package.json", """
                { "scripts": { "db:reset": [|"./scripts/reset-db.sh"|] } }
                """)
            .Expect());
        Assert.Equal("Correct the path, or remove the script.", finding.Recommendation);
    }

    [Fact]
    public void A_template_names_files_of_what_is_generated_from_it() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("packages/generator/package.json", "{}")
            .File("packages/generator/src/server/package.json", """
                { "name": "server-template", "scripts": { "seed": "ts-node scripts/seed.ts" } }
                """)
            .ExpectNothing();

    [Fact]
    public void A_file_that_is_there_is_fine() =>
        RuleTest.For<ScriptFileMissingRule>()
            .Schema("model A {\n  id Int @id\n}")
            .File("prisma/seed.ts", "export {}")
            .File("package.json", """
                { "scripts": { "db:seed": "tsx --env-file .env ./prisma/seed.ts", "generate": "prisma generate --schema prisma/schema.prisma" } }
                """)
            .ExpectNothing();

    [Fact]
    public void Generated_files_variables_and_other_scripts_are_left_alone() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("package.json", """
                { "scripts": { "db:seed": "node dist/seed.js", "db:run": "psql -f $FILE.sql", "start": "node server.js" } }
                """)
            .ExpectNothing();

    [Fact]
    public void A_script_that_an_image_puts_beside_its_package_is_there() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("init/package.json", """
                { "scripts": { "migrate": "node scripts/migrate.js" } }
                """)
            .File("scripts/migrate.js", "")
            .File("Dockerfile.selfhost", "FROM node\nCOPY init/package.json /app/init/\nCOPY scripts/ /app/init/scripts/\n")
            .ExpectNothing();
}
