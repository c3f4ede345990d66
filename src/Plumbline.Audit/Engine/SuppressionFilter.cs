using System.Collections.Immutable;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>Takes away the observations that comments in the files suppress, each by itself.</summary>
internal sealed class SuppressionFilter
{
    private readonly Dictionary<Suppression, int> _suppressed = new(ReferenceEqualityComparer.Instance);
    private readonly ILookup<string, Suppression> _byRule;

    /// <summary>A filter by some suppressions.</summary>
    public SuppressionFilter(ImmutableArray<Suppression> suppressions) => _byRule = suppressions.ToLookup(s => s.Rule, StringComparer.Ordinal);

    /// <summary>How many observations were suppressed.</summary>
    public int Count { get; private set; }

    /// <summary>Whether an observation is left.</summary>
    public bool Keeps(ReportedObservation observation)
    {
        var isKept = true;
        foreach (var suppression in _byRule[observation.Rule])
        {
            if (!suppression.Covers(observation.Observation))
                continue;

            _suppressed[suppression] = SuppressedBy(suppression) + 1;
            isKept = false;
        }

        Count += isKept ? 0 : 1;
        return isKept;
    }

    /// <summary>How many observations a suppression suppressed.</summary>
    public int SuppressedBy(Suppression suppression) => _suppressed.GetValueOrDefault(suppression);
}
