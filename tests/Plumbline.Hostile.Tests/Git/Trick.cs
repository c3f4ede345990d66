namespace Plumbline.Hostile.Tests.Git;

/// <summary>Something in a repository, or around it, that makes git run a program, open a file outside or make a connection.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Play">Plays it; gives the variables of the caller's environment that belong to it.</param>
/// <param name="Control">The arguments under which plain git falls for it; null where git itself no longer does, or only at a terminal.</param>
internal sealed record Trick(string Name, Func<TrickRepository, IReadOnlyDictionary<string, string>?> Play, string[]? Control)
{
    /// <summary>A trick without variables.</summary>
    public Trick(string name, Action<TrickRepository> play, params string[]? control)
        : this(name, repository => { play(repository); return null; }, control)
    {
    }
}
