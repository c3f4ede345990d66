using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Text;

namespace Plumbline.Hostile.Tests.Budgets;

/// <summary>A name that PostgreSQL chooses costs one look at the catalog, however many of its kind there are, and is still the first that is free.</summary>
public sealed class ChosenNameTests
{
    private const int Many = 4_000;

    [Fact]
    public void Checks_of_one_statement()
    {
        var names = Names($"CREATE TABLE t (a int, {string.Join(", ", Enumerable.Repeat("CHECK (a > 0)", Many))});");
        Assert.Equal(Many, names.Count);
        Assert.Contains("t_a_check", names);
        Assert.Contains($"t_a_check{Many - 1}", names);
    }

    [Fact]
    public void Checks_that_are_added_one_by_one()
    {
        var names = Names("CREATE TABLE t (a int);\n" + string.Concat(Enumerable.Repeat("ALTER TABLE t ADD CHECK (a > 0);\n", Many)));
        Assert.Equal(Many, names.Count);
        Assert.Contains($"t_a_check{Many - 1}", names);
    }

    [Theory]
    [InlineData("ALTER TABLE t DROP CONSTRAINT t_a_check1;", "t_a_check1")]
    [InlineData("ALTER TABLE t RENAME CONSTRAINT t_a_check TO other;", "t_a_check")]
    [InlineData("BEGIN; ALTER TABLE t ADD CHECK (a > 4); ROLLBACK;", "t_a_check3")]
    [InlineData("ALTER TABLE t ADD CHECK (a > 4), ADD CHECK (missing > 4);", "t_a_check3")]
    [InlineData("CREATE TABLE u (b int, CONSTRAINT t_a_check3 CHECK (b > 0));", "t_a_check4")]
    public void A_name_that_becomes_free_is_chosen_again(string between, string chosen)
    {
        const string three = "CREATE TABLE t (a int, CHECK (a > 0), CHECK (a > 1), CHECK (a > 2));\n";
        var before = Names(three + between);
        var after = Names(three + between + "\nALTER TABLE t ADD CHECK (a > 3);");
        Assert.Equal([chosen], after.Except(before));
    }

    private static List<string> Names(string script) =>
        [.. MigrationReplay.Run([new MigrationSource("history", new SourceText("history/migration.sql", script))]).Schema.Tables
            .Single(table => table.Name.Name == "t").Checks.Select(check => check.Name!)];
}
