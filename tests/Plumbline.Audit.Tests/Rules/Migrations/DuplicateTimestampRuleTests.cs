using Plumbline.Audit.Rules.Migrations;

namespace Plumbline.Audit.Tests.Rules.Migrations;

public sealed class DuplicateTimestampRuleTests
{
    [Fact]
    public void Two_folders_with_one_timestamp_are_one_finding() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_add_users", "[||]SELECT 1;")
            .Migration("20250101120000_b_index", "SELECT 2;")
            .Migration("20250101120001_later", "SELECT 3;")
            .Expect("medium: 2 migrations have the timestamp 20250101120000");

    [Fact]
    public void Folders_without_a_timestamp_are_not_compared() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("init", "SELECT 1;")
            .Migration("second", "SELECT 2;")
            .ExpectNothing();

    [Fact]
    public void Several_timestamps_are_one_finding() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_a", "[||]SELECT 1;")
            .Migration("20250101120000_b", "SELECT 2;")
            .Migration("20250201120000_c", "SELECT 3;")
            .Migration("20250201120000_d", "SELECT 4;")
            .Expect("medium: 4 migrations share 2 timestamps");

    [Fact]
    public void Numbers_at_the_end_give_the_order() =>
        RuleTest.For<DuplicateTimestampRule>()
            .Migration("20250101120000_index_01", "SELECT 1;")
            .Migration("20250101120000_index_02", "SELECT 2;")
            .ExpectNothing();
}
