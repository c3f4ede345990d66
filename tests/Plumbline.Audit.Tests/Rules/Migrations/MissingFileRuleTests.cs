using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class MissingFileRuleTests
{
    [Fact]
    public void Prisma_stops_at_a_folder_without_a_script() =>
        RuleTest.For<MissingFileRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Migration("20250102120000_lost", null)
            .ExpectAt("high: The migration 20250102120000_lost has no migration.sql", "prisma/migrations/20250102120000_lost/migration.sql:1:1");

    [Fact]
    public void A_migration_in_TypeScript_belongs_to_another_runner() =>
        RuleTest.For<MissingFileRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Migration("20250102120000_data", null)
            .File("prisma/migrations/20250102120000_data/migration.ts", "export default async () => {};")
            .ExpectNothing();

    [Fact]
    public void An_empty_script_is_a_script() =>
        RuleTest.For<MissingFileRule>()
            .Migration("20250101120000_init", "")
            .ExpectNothing();
}
