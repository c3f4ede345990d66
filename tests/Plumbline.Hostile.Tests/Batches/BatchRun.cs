namespace Plumbline.Hostile.Tests.Batches;

/// <summary>A run of plumb among others in one process: what it gets, and what it left.</summary>
/// <param name="Folder">Where it runs.</param>
/// <param name="Variables">The variables of the caller's environment.</param>
/// <param name="Arguments">The arguments.</param>
internal sealed record BatchRun(string Folder, IReadOnlyDictionary<string, string> Variables, string[] Arguments)
{
    /// <summary>Its exit code.</summary>
    public int ExitCode { get; init; }

    /// <summary>What it wrote to stdout.</summary>
    public string Output { get; init; } = "";

    /// <summary>What it wrote to stderr.</summary>
    public string Error { get; init; } = "";
}
