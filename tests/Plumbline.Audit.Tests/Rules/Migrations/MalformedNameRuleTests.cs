using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class MalformedNameRuleTests
{
    [Fact]
    public void A_copied_folder_is_named() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Migration("20250101120000_init copy", "[||]SELECT 1;")
            .Expect("low: The migration folder \"20250101120000_init copy\" does not follow Prisma's naming");

    [Fact]
    public void All_of_them_are_one_finding() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("init", "[||]SELECT 1;")
            .Migration("second", "SELECT 2;")
            .Expect("low: 2 migration folders do not follow Prisma's naming");

    [Fact]
    public void Hyphens_and_digits_are_fine() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("20250101120000_add-2fa_to_users", "SELECT 1;")
            .ExpectNothing();
}
