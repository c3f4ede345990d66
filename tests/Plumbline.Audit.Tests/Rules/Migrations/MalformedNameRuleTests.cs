using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class MalformedNameRuleTests
{
    [Fact]
    public void A_copied_folder_is_named_with_its_original() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Migration("20250101120000_init copy", "[||]SELECT 1;")
            .Expect("low: The migration folder \"20250101120000_init copy\" is a copy of \"20250101120000_init\"");

    [Fact]
    public void A_space_is_no_copy_where_the_script_is_another() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("20250101120000_init", "SELECT 1;")
            .Migration("20250101120000_init 2", "[||]SELECT 2;")
            .Expect("low: The name of the migration folder \"20250101120000_init 2\" contains a space");

    [Fact]
    public void All_folders_with_one_fault_are_one_finding() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("init", "[||]SELECT 1;")
            .Migration("second", "[||]SELECT 2;")
            .Expect("low: 2 migration folders do not begin with a timestamp");

    [Fact]
    public void Numbers_of_different_lengths_run_in_the_order_of_their_text() =>
        RuleTest.For<MalformedNameRule>()
            .Migration("100_c", "[||]SELECT 3;")
            .Migration("20240520173759_d", "[||]SELECT 4;")
            .Migration("20_b", "SELECT 1;")
            .Migration("21_b", "SELECT 2;")
            .Expect("low: 2 migration folders run before others whose numbers are lower");

    [Theory]
    [InlineData("20250101120000_add-2fa_to_users", "20250102120000_next")]
    [InlineData("0_init", "20250102120000_next")]
    [InlineData("20230711154645_", "20250102120000_next")]
    [InlineData("202504181210121_fifteen_digits", "20250519120000_next")]
    [InlineData("00_init", "01_next")]
    [InlineData("0001_init", "20250102120000_next")]
    [InlineData("10_init", "10_next")]
    [InlineData("20250101120000_views.sql", "20250102120000_next")]
    public void Names_that_run_in_the_order_that_they_show_are_fine(string first, string second) =>
        RuleTest.For<MalformedNameRule>().Migration(first, "SELECT 1;").Migration(second, "SELECT 2;").ExpectNothing();
}
