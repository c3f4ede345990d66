using Plumbline.Audit.History;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Audit.Tests.History;

public sealed class SharedTimestampsTests
{
    [Fact]
    public void Neighbors_with_the_same_fourteen_digits_are_a_group() =>
        Assert.Equal(
            [new MigrationGroup(1, 2), new MigrationGroup(4, 3)],
            SharedTimestamps.Find(
            [
                "20250101120000_a", "20250102120000_b", "20250102120000_c", "20250103120000_d", "20250104120000_e", "20250104120000_f", "20250104120000_g",
            ]));

    [Fact]
    public void Numbers_at_the_ends_of_all_names_and_names_without_a_timestamp_are_no_group() =>
        Assert.Empty(SharedTimestamps.Find(["20250101120000_i_01", "20250101120000_i_02", "init", "second"]));
}
