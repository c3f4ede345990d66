using Plumbline.Audit.Rules.Migration;

namespace Plumbline.Audit.Tests.Rules.Migration;

public sealed class DuplicateTimestampTests
{
    [Fact]
    public void Two_folders_with_one_timestamp_are_one_finding() =>
        RuleTest.For<DuplicateTimestamp>()
            .Migration("20250101120000_add_users", "[||]SELECT 1;")
            .Migration("20250101120000_b_index", "SELECT 2;")
            .Migration("20250101120001_later", "SELECT 3;")
            .Expect("medium: 2 migrations have the timestamp 20250101120000");

    [Fact]
    public void Folders_without_a_timestamp_are_not_compared() =>
        RuleTest.For<DuplicateTimestamp>()
            .Migration("init", "SELECT 1;")
            .Migration("second", "SELECT 2;")
            .ExpectNothing();
}
