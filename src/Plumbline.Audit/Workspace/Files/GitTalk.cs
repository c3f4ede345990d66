namespace Plumbline.Audit.Workspace.Files;

/// <summary>How a git process is talked to.</summary>
/// <param name="Read">Reads the answer; a text that it gives says why git is ended.</param>
internal sealed record GitTalk(Func<Stream, string?> Read)
{
    /// <summary>What git reads from its stdin; null for nothing.</summary>
    public string? Input { get; init; }

    /// <summary>How long git may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);
}
