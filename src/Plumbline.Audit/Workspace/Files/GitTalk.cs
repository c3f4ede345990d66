namespace Plumbline.Audit.Workspace.Files;

/// <summary>How a git process is talked to.</summary>
/// <param name="Read">Reads the answer; a text that it gives says why git is ended.</param>
internal sealed record GitTalk(Func<Stream, string?> Read)
{
    /// <summary>What git reads from its stdin; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>How long git may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long git takes before <see cref="Obstacle"/> is asked. Of a repository of usual size it has long answered by then.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Looks for what git waits for in vain, and says what that is; null where nothing can be in its way.</summary>
    public Func<CancellationToken, string?>? Obstacle { get; init; }
}
