using System.Collections.Immutable;
using Plumbline.Audit.Connections;

namespace Plumbline.Audit.Engine;

/// <summary>What somebody wants to have audited, and how.</summary>
public sealed record AuditRequest
{
    /// <summary>The folder: a repository, or a part of one.</summary>
    public required string Path { get; init; }

    /// <summary>The configuration file; null for that of the repository.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>The rules to run; empty for all.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The areas to run the rules of; empty for all.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>The git revision after which migrations count as not applied everywhere yet; null for none.</summary>
    public string? Since { get; init; }

    /// <summary>Whether what the baseline accepts is left out.</summary>
    public bool UsesBaseline { get; init; } = true;

    /// <summary>The day on which the baseline is read; null for the current day.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>The current day where the program runs. It is asked for only when it is needed: the first answer takes several milliseconds.</summary>
    public static DateOnly CurrentDay => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);

    /// <summary>Whether the databases that the repository's URLs name are looked at.</summary>
    public bool IsLive { get; init; }

    /// <summary>The URL of the database that is looked at; null where none is named.</summary>
    public string? Database { get; init; }

    /// <summary>The URL of a server on which the migrations run for real; null for none.</summary>
    public string? Shadow { get; init; }

    /// <summary>Whether the views of the result will be asked for.</summary>
    public bool ShowsViews { get; init; }

    /// <summary>The environment of the process.</summary>
    public ProcessEnvironment Process { get; init; } = ProcessEnvironment.Empty;
}
