using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;
using Plumbline.Testing;

namespace Plumbline.Audit.Tests.Workspace;

public sealed class GitRepositoryTests
{
    [Theory]
    [InlineData(ReadingBudget.LooseReferences, ReadingBudget.LooseReferences, null)]
    [InlineData(ReadingBudget.LooseReferences + 1, 1, "refs in git's folder has too many entries: more than 20000 are not looked at")]
    [InlineData(1, ReadingBudget.LooseReferences + 1, "logs in git's folder has too many entries: more than 20000 are not looked at")]
    public void References_and_their_logs_are_counted_apart(int references, int logs, string? expected)
    {
        using var repository = new TemporaryRepository().Git("init", "-q");
        Directory.Delete(repository.PathOf(".git/refs"), recursive: true);
        Fill("refs", references);
        Fill("logs", logs);
        Assert.Equal(expected, GitRepository.Open(repository.Root, out _)!.ProblemOfObjects());

        void Fill(string folder, int count)
        {
            var full = Directory.CreateDirectory(repository.PathOf(".git/" + folder)).FullName;
            for (var i = 0; i < count; i++)
                File.WriteAllBytes(Path.Combine(full, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), []);
        }
    }
}
