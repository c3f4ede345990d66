using System.Collections.Immutable;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Engine;

/// <summary>Orders what was checked and holds.</summary>
internal static class VerifiedFacts
{
    /// <summary>The facts, sorted. The same fact in several projects is one, with all of them.</summary>
    public static ImmutableArray<VerifiedFact> Merge(IEnumerable<VerifiedFact> facts) =>
    [
        .. facts
            .GroupBy(
                f => string.Join('\u001e', [f.Check, f.Subject.Kind, f.Subject.Schema, f.Subject.Table, f.Subject.Name, .. f.Order ?? []]),
                StringComparer.Ordinal)
            .Select(g => g.First() with { Projects = [.. g.SelectMany(f => f.Projects).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] })
            .OrderBy(f => f.Check, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Schema, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Table, StringComparer.Ordinal)
            .ThenBy(f => f.Subject.Name, StringComparer.Ordinal),
    ];
}
