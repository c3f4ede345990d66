using Plumbline.Audit.Configuration;

namespace Plumbline.Audit.Reports.Document;

/// <summary>How much of an audit a document shows.</summary>
public sealed record AuditDocumentOptions
{
    /// <summary>The path that was asked to be audited, as it was given.</summary>
    public string Path { get; init; } = ".";

    /// <summary>Whether everything is shown, and nothing shortened.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Whether only the findings and the verdict are shown.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The lowest severity whose findings have sections of their own; lower ones are counted.</summary>
    public Severity LowestListed { get; init; } = Severity.Medium;
}
