namespace Plumbline.Audit.Configuration;

/// <summary>How much a finding matters; ordered, so that a greater value matters more.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing needs to be done.</summary>
    Info,

    /// <summary>Should be put right when someone is there anyway.</summary>
    Low,

    /// <summary>Does harm in time, or in some cases.</summary>
    Medium,

    /// <summary>Breaks something that people rely on.</summary>
    High,

    /// <summary>A deployment or a query fails.</summary>
    Critical,
}

/// <summary>The names of severities in configuration, on the command line and in reports.</summary>
public static class SeverityNames
{
    /// <summary>All names, the most severe first.</summary>
    public static IReadOnlyList<string> All { get; } = ["critical", "high", "medium", "low", "info"];

    /// <summary>The name of a severity.</summary>
    public static string Name(this Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        _ => "info",
    };

    /// <summary>The severity of a name; false where there is none of that name.</summary>
    public static bool TryParse(string name, out Severity severity)
    {
        foreach (var candidate in (ReadOnlySpan<Severity>)[Severity.Info, Severity.Low, Severity.Medium, Severity.High, Severity.Critical])
        {
            if (candidate.Name() == name)
            {
                severity = candidate;
                return true;
            }
        }

        severity = default;
        return false;
    }
}
