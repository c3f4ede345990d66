namespace Plumbline.Audit.Findings;

/// <summary>How much work the fix of a finding is.</summary>
public enum Effort
{
    /// <summary>Minutes.</summary>
    Small,

    /// <summary>Hours.</summary>
    Medium,

    /// <summary>Days, or several deployments.</summary>
    Large,
}
