using System.Collections.Immutable;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Configuration;

/// <summary>What <c>plumb.yaml</c> says. Paths are relative to the folder of the file.</summary>
public sealed record AuditConfiguration
{
    /// <summary>Name of the file, looked for at the repository's root.</summary>
    public const string FileName = "plumb.yaml";

    /// <summary>What some call the file by mistake: it is not read under this name.</summary>
    internal const string OtherName = "plumb.yml";

    /// <summary>A configuration that says nothing.</summary>
    public static AuditConfiguration Empty { get; } = new();

    /// <summary>Full path of the folder that its paths are relative to; null where no file was read.</summary>
    public string? Folder { get; init; }

    /// <summary>The projects; empty where they are to be found by themselves.</summary>
    public ImmutableArray<ProjectConfiguration> Projects { get; init; } = [];

    /// <summary><c>postgres</c>: the server's major version; null where it is not given.</summary>
    public int? PostgreSqlVersion { get; init; }

    /// <summary><c>platform</c>; null where it is to be found by itself.</summary>
    public Platform? Platform { get; init; }

    /// <summary><c>shared-database</c>: groups of projects, by name, that share one database.</summary>
    public ImmutableArray<ImmutableArray<string>> SharedDatabases { get; init; } = [];

    /// <summary><c>database</c>: the variable that gives the database's URL, or the URL itself; null where the schema says it.</summary>
    public ConfiguredText? Database { get; init; }

    /// <summary><c>ignore</c>: patterns of the files that are left out.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];

    /// <summary><c>rules</c>: what is said about single rules, by rule name.</summary>
    public ImmutableDictionary<string, RuleSetting> Rules { get; init; } = ImmutableDictionary<string, RuleSetting>.Empty;
}

/// <summary>A text of the configuration.</summary>
/// <param name="Value">The text.</param>
/// <param name="Location">Its place in the text.</param>
public sealed record ConfiguredText(string Value, SourceLocation Location);

/// <summary>A project of the configuration.</summary>
public sealed record ProjectConfiguration
{
    /// <summary>Its name; null where it is made from its path.</summary>
    public string? Name { get; init; }

    /// <summary>Its schema: a source of any kind; null where it has migrations only.</summary>
    public ConfiguredText? Schema { get; init; }

    /// <summary>Its migrations' folder; null where they are looked for beside the schema.</summary>
    public ConfiguredText? Migrations { get; init; }

    /// <summary>Where it is.</summary>
    public required SourceLocation Location { get; init; }
}
