namespace Plumbline.Audit.Findings;

/// <summary>A thing in the repository or the database that somebody did or left undone, and that explains observations.</summary>
/// <param name="Kind">One of <see cref="CauseKind"/>.</param>
/// <param name="Key">What distinguishes it from other causes of its kind. Observations of one project with the same kind and key form one finding.</param>
/// <param name="Text">The cause as a sentence without a period.</param>
/// <param name="Location">Where it is; null where no file shows it.</param>
public sealed record Cause(string Kind, string Key, string Text, FindingLocation? Location = null);
