using Plumbline.Hostile.Tests.Batches;

namespace Plumbline.Hostile.Tests.Git;

/// <summary>Plumb runs once over the repository of each trick, all in one traced process.</summary>
internal sealed class TrickRuns : IDisposable
{
    private readonly Dictionary<string, (TrickRepository Repository, Trace Trace)> _byName = new(StringComparer.Ordinal);

    /// <summary>Plays the tricks and runs plumb.</summary>
    /// <param name="names">The tricks.</param>
    /// <param name="isArchive">Whether each repository is unpacked from an archive first.</param>
    /// <param name="arguments">The arguments of plumb.</param>
    public TrickRuns(IEnumerable<string> names, bool isArchive, params string[] arguments)
    {
        var played = new List<(string Name, TrickRepository Repository)>();
        var runs = new List<BatchRun>();
        foreach (var name in names)
        {
            var repository = new TrickRepository();
            var variables = Tricks.All[name].Play(repository) ?? new Dictionary<string, string>();
            if (isArchive)
            {
                repository.Unpack();
            }

            played.Add((name, repository));
            runs.Add(new BatchRun(repository.Repository.Root, variables, arguments));
        }

        Trace? all = null;
        var done = Batch.Run(runs, (program, environment, options) => all = Trace.Of(program, AppContext.BaseDirectory, environment, options));
        foreach (var (i, (name, repository)) in played.Index())
        {
            _byName.Add(name, (repository, all!.Between(BatchRunner.Mark(i, "begin"), BatchRunner.Mark(i, "end"), new(done[i].ExitCode, done[i].Output, done[i].Error))));
        }
    }

    /// <summary>Checks what the run over a trick's repository did.</summary>
    public void Check(string name)
    {
        var (repository, trace) = _byName[name];
        Assert.Empty(trace.Touching(repository.Marker));
        Assert.Empty(repository.Sprung);
        Assert.All(trace.Started, program => Assert.Equal(TricksTests.Program, program));
        Assert.InRange(trace.Result.ExitCode, 0, 2);
        Assert.DoesNotContain("bug in plumb", trace.Result.Error, StringComparison.Ordinal);
    }

    /// <summary>The trace of the run over a trick's repository.</summary>
    public Trace TraceOf(string name) => _byName[name].Trace;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (repository, _) in _byName.Values)
        {
            repository.Dispose();
        }
    }
}
