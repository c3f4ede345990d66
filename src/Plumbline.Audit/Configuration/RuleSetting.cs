namespace Plumbline.Audit.Configuration;

/// <summary>What the configuration says about one rule.</summary>
/// <param name="IsOff">Whether it is switched off.</param>
/// <param name="Severity">The severity that all its findings get; null leaves the rule its own.</param>
public sealed record RuleSetting(bool IsOff, Severity? Severity = null);
