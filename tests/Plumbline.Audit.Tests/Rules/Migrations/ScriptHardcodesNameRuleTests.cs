using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class ScriptHardcodesNameRuleTests
{
    [Fact]
    public void Every_migration_would_be_called_init() =>
        RuleTest.For<ScriptHardcodesNameRule>()
            .File("package.json", """
                { "scripts": { "db:migrate": [|"prisma migrate dev --name init --schema=db/schema.prisma"|] } }
                """)
            .Expect("medium: The script db:migrate names every new migration \"init\"");

    [Fact]
    public void The_name_may_stand_behind_an_equals_sign() =>
        RuleTest.For<ScriptHardcodesNameRule>()
            .File("package.json", """
                { "scripts": { "m": [|"dotenv -- npx prisma migrate dev --name=changes"|] } }
                """)
            .Expect();

    [Fact]
    public void A_script_that_asks_for_the_name_is_fine() =>
        RuleTest.For<ScriptHardcodesNameRule>()
            .File("package.json", """
                { "scripts": { "a": "prisma migrate dev", "b": "prisma migrate dev --name $1", "c": "prisma migrate deploy --name init" } }
                """)
            .ExpectNothing();
}
