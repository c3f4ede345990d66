using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class MissingLockFileRuleTests
{
    [Fact]
    public void Migrations_without_a_lock_file_are_found() =>
        RuleTest.For<MissingLockFileRule>()
            .Migration("20250101120000_init", "[||]SELECT 1;")
            .Expect("low: prisma/migrations has no migration_lock.toml");

    [Fact]
    public void Migrations_with_one_are_not() =>
        RuleTest.For<MissingLockFileRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Lock("provider = \"postgresql\"")
            .ExpectNothing();

    [Fact]
    public void A_schema_without_migrations_needs_none() =>
        RuleTest.For<MissingLockFileRule>()
            .Schema("model A {\n  id Int @id\n}")
            .ExpectNothing();
}
