using System.Runtime.CompilerServices;

namespace Plumbline.Audit.Workspace;

/// <summary>
/// What is concluded from all files of a repository, computed once for all of its projects: to look at every file for each project takes time in the square of their number.
/// Safe to ask from several threads.
/// </summary>
/// <typeparam name="T">What is concluded.</typeparam>
/// <param name="conclude">Looks at the repository.</param>
internal sealed class RepositoryFact<T>(Func<Repository, T> conclude)
{
    private readonly ConditionalWeakTable<Repository, Lazy<T>> _known = new();

    /// <summary>What is concluded of a repository.</summary>
    public T Of(Repository repository) => _known.GetValue(repository, asked => new Lazy<T>(() => conclude(asked))).Value;
}
