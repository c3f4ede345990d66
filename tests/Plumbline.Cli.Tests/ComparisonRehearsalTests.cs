using Plumbline.Cli.OneShot;
using Plumbline.PostgreSql.Replay;

namespace Plumbline.Cli.Tests;

public sealed class ComparisonRehearsalTests
{
    [Fact]
    public void What_is_rehearsed_is_what_succeeds_in_earnest()
    {
        var (replay, schema) = ComparisonRehearsal.Run();
        Assert.All(replay.Outcomes, outcome => Assert.Equal(OutcomeKind.Done, outcome.Kind));
        Assert.Empty(schema.Diagnostics);
    }
}
