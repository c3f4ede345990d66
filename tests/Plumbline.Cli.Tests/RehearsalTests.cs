using Plumbline.Cli.Commands;
using Plumbline.Cli.OneShot;

namespace Plumbline.Cli.Tests;

public sealed class RehearsalTests
{
    // Nobody hears of it where a rehearsal fails.
    [Theory]
    [InlineData("sql", "CREATE TABLE public.t")]
    [InlineData("json", "\"name\": \"t_pkey\"")]
    [InlineData("prisma", "model t {")]
    [InlineData("mermaid", "erDiagram")]
    [InlineData("markdown", "t_pkey")]
    public async Task What_is_rehearsed_can_be_written(string format, string expected)
    {
        using var written = new StringWriter();
        await Rehearsal.Begin((source, _) => InspectCommand.Write(source, format, written));
        Assert.Contains(expected, written.ToString(), StringComparison.Ordinal);
    }
}
