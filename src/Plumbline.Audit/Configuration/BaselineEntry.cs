namespace Plumbline.Audit.Configuration;

/// <summary>An occurrence that the team accepts for now.</summary>
/// <param name="Fingerprint">What it is known by.</param>
/// <param name="Rule">The rule that reports it.</param>
/// <param name="Subject">What it is about, for the people who review the file.</param>
/// <param name="Date">The day on which it was accepted.</param>
/// <param name="Reason">Why; null where nobody says.</param>
/// <param name="Expires">The last day on which it is accepted; null where it has none.</param>
public sealed record BaselineEntry(string Fingerprint, string Rule, string Subject, DateOnly Date, string? Reason = null, DateOnly? Expires = null);
