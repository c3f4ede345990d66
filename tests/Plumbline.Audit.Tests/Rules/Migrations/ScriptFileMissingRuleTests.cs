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
            .Expect("medium: The script db:seed runs prisma/seeds/main.ts, which is not there");

    [Fact]
    public void The_schema_option_is_looked_at() =>
        RuleTest.For<ScriptFileMissingRule>()
            .File("package.json", """
                { "scripts": { "generate": [|"prisma generate --schema=db/schema.prisma || true"|] } }
                """)
            .Expect("medium: The script generate runs db/schema.prisma, which is not there");

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
}
