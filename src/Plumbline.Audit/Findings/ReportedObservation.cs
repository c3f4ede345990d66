using Plumbline.Audit.Configuration;

namespace Plumbline.Audit.Findings;

/// <summary>An observation with what the engine knows of it.</summary>
/// <param name="Rule">Name of the rule that reports it.</param>
/// <param name="Observation">The observation.</param>
/// <param name="Severity">How much it matters, by configuration and evidence.</param>
/// <param name="Fingerprint">What it is known by from run to run.</param>
internal sealed record ReportedObservation(string Rule, Observation Observation, Severity Severity, string Fingerprint);
