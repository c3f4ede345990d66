using System.Globalization;
using Plumbline.Audit.Rules.Environments;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Tests.Rules.Environments;

public sealed class DatabaseVersionOldRuleTests
{
    [Theory]
    [InlineData("12.22", 120022, "2026-11-01", "low: PostgreSQL 12 is no longer supported")]
    [InlineData("13.23", 130023, "2025-11-14", "low: PostgreSQL 13 is no longer supported")]
    public void A_server_whose_final_release_is_over_is_found(string version, int number, string day, string expected) => Test(version, number, day).ExpectNowhere(expected);

    [Theory]
    [InlineData("13.22", 130022, "2025-11-13")]
    [InlineData("14.20", 140020, "2026-11-01")]
    [InlineData("17.6", 170006, "2026-11-21")]
    [InlineData("19.1", 190001, "2032-01-01")]
    public void A_supported_one_and_one_that_plumb_does_not_know_are_fine(string version, int number, string day) => Test(version, number, day).ExpectNothing();

    [Fact]
    public void Without_a_database_nothing_is_known() => RuleTest.For<DatabaseVersionOldRule>().Migration("2025_a", "CREATE TABLE a (id int);").ExpectNothing();

    private static RuleTest Test(string version, int number, string day) => RuleTest.For<DatabaseVersionOldRule>().Migration("2025_a", "CREATE TABLE a (id int);").Live("", live => live with
    {
        Snapshot = live.Snapshot! with
        {
            Server = live.Snapshot.Server with { Version = version, VersionNumber = number },
            Statistics = new CatalogStatistics { TakenAt = DateTimeOffset.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) },
        },
    });
}
