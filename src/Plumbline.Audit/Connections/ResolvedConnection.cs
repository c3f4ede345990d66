using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Connections;

/// <summary>Which database URL a project would use, and what else names one.</summary>
public sealed record ResolvedConnection
{
    /// <summary>Name of the project; null where the repository has none.</summary>
    public required string? Project { get; init; }

    /// <summary>The URL that would be used; null where there is none.</summary>
    public ChosenConnection? Chosen { get; init; }

    /// <summary>Why there is none, and what to do, in full sentences; null where there is one.</summary>
    public string? Problem { get; init; }

    /// <summary>Every place that gives a URL, or could, in the order in which they are looked at.</summary>
    public ImmutableArray<ConnectionCandidate> Candidates { get; init; } = [];

    /// <summary>What is doubtful about it, one sentence or two each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>The ports of containers that the machine publishes.</summary>
    internal ImmutableArray<ContainerPort> Ports { get; init; } = [];

    /// <summary>Whether a candidate leads to the same database as the chosen URL; null where one of them is not known.</summary>
    public bool? Agrees(ConnectionCandidate candidate)
    {
        if (Chosen?.Candidate is not { } chosen || candidate.Purpose == ConnectionPurpose.Shadow)
        {
            return null;
        }

        return candidate == chosen ? true : DatabaseAgreement.Of(chosen, candidate, Ports);
    }
}

/// <summary>The database URL that would be used.</summary>
public sealed record ChosenConnection
{
    /// <summary>Where it is.</summary>
    public required ConnectionCandidate Candidate { get; init; }

    /// <summary>The URL with everything that comes to it from elsewhere: the settings of the pool, the password. Its <c>ToString</c> hides the
    /// password.</summary>
    public required DatabaseUrl Url { get; init; }

    /// <summary>Why this one.</summary>
    public required string Why { get; init; }

    /// <summary>Its parameters, and where each comes from; sorted by name.</summary>
    public ImmutableArray<ConnectionParameter> Parameters { get; init; } = [];

    /// <summary>How the connection is encrypted, as <c>sslmode</c> calls it.</summary>
    public required string Tls { get; init; }

    /// <summary>What shows that.</summary>
    public required string TlsWhy { get; init; }

    /// <summary>Where the password comes from; null where there is none.</summary>
    public string? PasswordSource { get; init; }

    /// <summary>From where the server answers.</summary>
    public HostReach Reach => DatabaseHosts.ReachOf(Url);
}

/// <summary>A parameter of a connection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; <c>***</c> where it is a secret.</param>
/// <param name="Source">Where it comes from.</param>
public sealed record ConnectionParameter(string Name, string Value, string Source);

/// <summary>The environment of the process.</summary>
/// <param name="Variable">Gives the value of a variable; null where it is not set.</param>
public sealed record ProcessEnvironment(Func<string, string?> Variable)
{
    /// <summary>An environment without variables.</summary>
    public static ProcessEnvironment Empty { get; } = new(_ => null);

    /// <summary>The value of a variable; null where it is not set or empty.</summary>
    internal string? ValueOf(string name) => Variable(name) is { Length: > 0 } value ? value : null;
}
