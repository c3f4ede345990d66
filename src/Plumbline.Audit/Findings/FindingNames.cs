namespace Plumbline.Audit.Findings;

/// <summary>The names that reports use for what a finding holds; they are part of the interface and never change.</summary>
public static class FindingNames
{
    /// <summary>The name of a role.</summary>
    public static string Name(this LocationRole role) => role switch
    {
        LocationRole.Schema => "schema",
        LocationRole.OtherSchema => "other-schema",
        LocationRole.Migration => "migration",
        LocationRole.Stray => "stray",
        LocationRole.Database => "database",
        LocationRole.Code => "code",
        LocationRole.Document => "document",
        LocationRole.Configuration => "configuration",
        _ => "environment",
    };

    /// <summary>The name of a kind of fix.</summary>
    public static string Name(this FixKind kind) => kind switch
    {
        FixKind.Safe => "safe",
        FixKind.NeedsBackfill => "needs-backfill",
        _ => "destructive",
    };

    /// <summary>The name of an effort.</summary>
    public static string Name(this Effort effort) => effort switch
    {
        Effort.Small => "small",
        Effort.Medium => "medium",
        _ => "large",
    };

    /// <summary>The name of a verdict.</summary>
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Ready => "ready",
        Verdict.ReadyWithWarnings => "ready-with-warnings",
        Verdict.Unknown => "unknown",
        _ => "not-ready",
    };
}
