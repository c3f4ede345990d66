using Plumbline.Audit.Rules.Migration;

namespace Plumbline.Audit.Tests.Rules.Migration;

public sealed class PendingTests
{
    [Fact]
    public void A_migration_that_the_database_does_not_have_is_found() =>
        RuleTest.For<Pending>().Migration("2025_a", "CREATE TABLE a (id int);").Migration("2025_b", "[||]CREATE TABLE b (id int);").LiveWithout("2025_b")
            .Expect("medium: The migration 2025_b is not applied to the database");

    [Fact]
    public void What_is_applied_is_not_pending() =>
        RuleTest.For<Pending>().Migration("2025_a", "CREATE TABLE a (id int);").Live("").ExpectNothing();
}
