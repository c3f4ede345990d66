using System.Collections.Immutable;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules;

/// <summary>Takes what one rule reports.</summary>
internal sealed class ObservationSink
{
    private readonly List<Observation> _observations = [];
    private readonly List<VerifiedFact> _verified = [];

    /// <summary>The observations, in the order in which the rule reported them.</summary>
    public IReadOnlyList<Observation> Observations => _observations;

    /// <summary>What was checked and holds.</summary>
    public IReadOnlyList<VerifiedFact> Verified => _verified;

    /// <summary>How many observations were left out, since there were more than <see cref="ReadingBudget.Observations"/>.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Takes an observation.</summary>
    public void Report(Observation observation)
    {
        if (_observations.Count < ReadingBudget.Observations)
            _observations.Add(observation);
        else
            LeftOut++;
    }

    /// <summary>Takes a fact that holds.</summary>
    /// <param name="check">Name of the check, such as <c>table-agrees</c>.</param>
    /// <param name="subject">What it holds for.</param>
    /// <param name="project">The project that it holds in.</param>
    /// <param name="order">The order of migrations in which it holds; null for the one on disk.</param>
    public void Verify(string check, Subject subject, string project, ImmutableArray<string>? order = null) =>
        _verified.Add(new VerifiedFact(check, subject, [project], order));
}
