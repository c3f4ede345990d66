using System.Collections.Immutable;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>The observations of one project that have one cause.</summary>
/// <param name="Cause">The cause; null for an observation whose cause is not known, which stands by itself.</param>
/// <param name="Observations">The observations, at least one: the most severe first.</param>
internal sealed record ObservationGroup(Cause? Cause, ImmutableArray<ReportedObservation> Observations)
{
    /// <summary>The most severe observation.</summary>
    public ReportedObservation Gravest => Observations[0];

    /// <summary>Whether all observations are of one rule.</summary>
    public bool IsOfOneRule => Observations.All(o => o.Rule == Gravest.Rule);
}
