using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Engine;

/// <summary>Counts what observations are about: <c>3 foreign keys and 1 index</c>.</summary>
internal static class SubjectCount
{
    /// <summary>The count of each kind, the most frequent first.</summary>
    public static string Of(ImmutableArray<ReportedObservation> observations)
    {
        var counts = observations
            .GroupBy(o => NounOf(o))
            .OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key.One, StringComparer.Ordinal)
            .Select(g => Plural.Of(g.Count(), g.Key.One, g.Key.Many))
            .ToList();
        return counts.Count == 1 ? counts[0] : $"{string.Join(", ", counts[..^1])} and {counts[^1]}";
    }

    private static (string One, string Many) NounOf(ReportedObservation reported) => reported.Rule switch
    {
        "drift/foreign-key" or "drift/referential-action" => ("foreign key", "foreign keys"),
        "drift/unique" => ("unique index", "unique indexes"),
        "drift/index" => ("index", "indexes"),
        "drift/primary-key" => ("primary key", "primary keys"),
        "drift/default" => ("default", "defaults"),
        "drift/nullability" => ("nullability", "nullabilities"),
        "drift/column-type" => ("column type", "column types"),
        _ => reported.Observation.Subject.Kind switch
        {
            SubjectKind.Index => ("index", "indexes"),
            SubjectKind.Policy => ("policy", "policies"),
            SubjectKind.EnumValue => ("enum value", "enum values"),
            var kind => (kind.Name().Replace('-', ' '), kind.Name().Replace('-', ' ') + "s"),
        },
    };
}
