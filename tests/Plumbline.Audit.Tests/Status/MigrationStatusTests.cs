using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Status;

public sealed class MigrationStatusTests
{
    private const string First = "CREATE TABLE a (id int);\n";
    private const string Second = "CREATE TABLE b (id int);\n";
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Applied_as_they_stand_there_is_nothing_to_do()
    {
        var status = Status([Row("1_a", First, 0), Row("2_b", Second, 1)]);

        Assert.Equal(["1_a applied", "2_b applied"], Told(status));
        Assert.False(status.HasWork);
        Assert.Equal("prisma migrate deploy has nothing to apply.", status.Next);
    }

    [Fact]
    public void What_the_database_does_not_have_is_pending()
    {
        var status = Status([Row("1_a", First, 0)]);

        Assert.Equal(["1_a applied", "2_b pending"], Told(status));
        Assert.Equal("prisma migrate deploy applies 2_b.", status.Next);
    }

    [Theory]
    [InlineData("CREATE TABLE a (id int);\r\n")]
    [InlineData("\uFEFFCREATE TABLE a (id int);\n")]
    public void Line_endings_and_byte_order_marks_are_no_edit(string applied) =>
        Assert.Equal("1_a applied", Told(Status([Row("1_a", applied, 0)]))[0]);

    [Fact]
    public void Another_script_than_the_one_that_was_applied_is_an_edit() =>
        Assert.Equal("1_a edited", Told(Status([Row("1_a", First + " ", 0)]))[0]);

    [Fact]
    public void What_failed_keeps_everything_else_from_being_applied()
    {
        var status = Status([Row("1_a", First, 0) with { FinishedAt = null, Logs = "\nA migration failed to apply.\nDatabase error code: 42P01" }]);

        Assert.Equal(["1_a failed", "2_b pending"], Told(status));
        Assert.Equal("A migration failed to apply.", status.Migrations[0].Log);
        Assert.Contains("P3009", status.Next, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_rolled_back_is_applied_again()
    {
        var status = Status([Row("1_a", First, 0) with { FinishedAt = null, RolledBackAt = Noon }]);

        Assert.Equal(["1_a rolled-back", "2_b pending"], Told(status));
        Assert.Equal("prisma migrate deploy applies 2 migrations: 1_a, 2_b.", status.Next);
    }

    [Fact]
    public void What_was_rolled_back_and_then_applied_is_applied()
    {
        var status = Status([Row("1_a", First, 0) with { FinishedAt = null, RolledBackAt = Noon }, Row("1_a", First, 1)]);

        Assert.Equal("1_a applied", Told(status)[0]);
    }

    [Fact]
    public void What_the_repository_does_not_have_stands_behind_the_others()
    {
        var status = Status([Row("0_gone", First, 0), Row("1_a", First, 1), Row("2_b", Second, 2)]);

        Assert.Equal(["1_a applied", "2_b applied", "0_gone unknown"], Told(status));
        Assert.True(status.HasWork);
    }

    [Fact]
    public void What_was_rolled_back_and_taken_out_of_the_repository_is_no_matter() =>
        Assert.Equal(["1_a pending", "2_b pending"], Told(Status([Row("0_gone", First, 0) with { FinishedAt = null, RolledBackAt = Noon }])));

    [Fact]
    public void Migrations_applied_in_another_order_say_so()
    {
        var status = Status([Row("2_b", Second, 0), Row("1_a", First, 1)]);

        Assert.Equal([true, false], status.Migrations.Select(m => m.IsOutOfOrder));
        Assert.False(status.HasWork);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Tables_without_a_history_need_a_baseline(bool isEmpty, bool needed)
    {
        var status = MigrationStatus.Of(History(), null, isEmpty);

        Assert.Equal(needed, status.NeedsBaseline);
        Assert.Equal(needed, status.Next.Contains("P3005", StringComparison.Ordinal));
        Assert.True(status.HasWork);
    }

    // Whether it was edited nobody knows.
    [Fact]
    public void A_script_that_cannot_be_read_is_marked()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/1_a/migration.sql", "SELECT 1;\0").Write("prisma/migrations/2_b/migration.sql", "SELECT 2;\0");
        var status = MigrationStatus.Of(Repository.Open(repository.Root, AuditConfiguration.Empty).Projects[0].History!, [Row("1_a", First, 0)], isEmpty: false);

        Assert.Equal(["1_a applied", "2_b pending"], Told(status));
        Assert.All(status.Migrations, migration => Assert.Equal("The file is not text: it contains NUL bytes.", migration.Problem!.Message));
        Assert.True(status.HasWork);
    }

    private static string[] Told(MigrationStatus status) => [.. status.Migrations.Select(m => $"{m.Name} {m.State.Name()}")];

    private static MigrationStatus Status(AppliedMigration[] rows) => MigrationStatus.Of(History(), rows, isEmpty: false);

    private static AppliedMigration Row(string name, string script, int minute) =>
        new(name, MigrationChecksum.Of(script), Noon.AddMinutes(minute), Noon.AddMinutes(minute).AddSeconds(1), null, null);

    private static MigrationHistory History()
    {
        using var repository = new TemporaryRepository("prisma/schema.prisma").Write("prisma/migrations/1_a/migration.sql", First).Write("prisma/migrations/2_b/migration.sql", Second);
        return Repository.Open(repository.Root, AuditConfiguration.Empty).Projects[0].History!;
    }
}
