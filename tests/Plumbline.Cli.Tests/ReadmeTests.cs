using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

public sealed class ReadmeTests
{
    // "…" on a line of its own stands for lines that are left out.
    [Fact]
    public void The_sample_of_the_README_is_what_the_program_prints()
    {
        var readme = File.ReadAllText(Path.Combine(ProjectRoot.Path, "README.md")).ReplaceLineEndings("\n");
        var sample = readme.Split("```console\n")[1].Split("```")[0].Split('\n', 2);
        Assert.Equal("$ plumb audit examples/evermed", sample[0]);

        var output = Plumb.Run("audit", Path.Combine(ProjectRoot.Path, "examples/evermed")).Output.Replace(ProjectRoot.Path + "/", "", StringComparison.Ordinal);
        var start = 0;
        foreach (var part in sample[1].Split("\n…\n"))
        {
            var found = output.IndexOf(part, start, StringComparison.Ordinal);
            Assert.True(found >= 0, $"The program does not print, or not in this order:\n{part}");
            start = found + part.Length;
        }
    }
}
