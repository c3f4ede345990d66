using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Live;

namespace Plumbline.Audit.Facts;

/// <summary>How an audit is asked for.</summary>
public sealed record AuditOptions
{
    /// <summary>All rules at their own severities.</summary>
    public static AuditOptions Default { get; } = new();

    /// <summary>The rules to run; empty for all.</summary>
    public ImmutableArray<string> Rules { get; init; } = [];

    /// <summary>The environment of the process: what is installed here. Empty where it is not to be looked at.</summary>
    public ProcessEnvironment Process { get; init; } = ProcessEnvironment.Empty;

    /// <summary>The areas to run the rules of; empty for all.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>What the configuration says about single rules, by rule name.</summary>
    public ImmutableDictionary<string, RuleSetting> Settings { get; init; } = ImmutableDictionary<string, RuleSetting>.Empty;

    /// <summary>Groups of projects, by name, that share one database.</summary>
    public ImmutableArray<ImmutableArray<string>> SharedDatabases { get; init; } = [];

    /// <summary>The options that a configuration asks for.</summary>
    public static AuditOptions From(AuditConfiguration configuration) => new()
    {
        Settings = configuration.Rules,
        SharedDatabases = configuration.SharedDatabases,
    };

    /// <summary>The live databases that were asked for, by the name of the project that each belongs to.</summary>
    public ImmutableDictionary<string, LiveDatabase> Databases { get; init; } = ImmutableDictionary<string, LiveDatabase>.Empty;

    /// <summary>What came of the migrations when they ran for real, by the name of the project; empty where nobody asked for that.</summary>
    public ImmutableDictionary<string, ShadowRun> Shadows { get; init; } = ImmutableDictionary<string, ShadowRun>.Empty;

    /// <summary>Paths of the migrations' folders that are known not to be applied everywhere yet: those that came after the revision of <c>--since</c>.</summary>
    public ImmutableHashSet<string> PendingMigrations { get; init; } = [];

    /// <summary>Whether the views of the result will be asked for: they are then built beside the rules.</summary>
    public bool ShowsViews { get; init; }

    /// <summary>Whether a rule runs.</summary>
    /// <param name="rule">The rule's name.</param>
    public bool Includes(string rule) =>
        (Rules.IsEmpty || Rules.Contains(rule)) &&
        (Areas.IsEmpty || Areas.Contains(rule[..rule.IndexOf('/')])) &&
        !(Settings.TryGetValue(rule, out var setting) && setting.IsOff);

    /// <summary>The fingerprints of the occurrences that the baseline accepts.</summary>
    public ImmutableHashSet<string> Baseline { get; init; } = [];
}
