using Plumbline.Schema.Text;

namespace Plumbline.Audit.Findings;

/// <summary>A place that takes part in a finding.</summary>
/// <param name="Role">What the place is to the finding.</param>
/// <param name="Place">The place itself.</param>
public sealed record FindingLocation(LocationRole Role, SourceLocation Place);
