using Plumbline.Schema.Model;

namespace Plumbline.Schema.Comparison.Renames;

/// <summary>Finds enums and enum values that were probably renamed.</summary>
internal static class EnumRenames
{
    private const double Threshold = 0.6;

    /// <summary>The enums that only one side has, brought together by their values and names.</summary>
    internal static List<(EnumType From, EnumType To, double Confidence)> Find(List<EnumType> onlyFrom, List<EnumType> onlyTo)
    {
        // Only enums that share a value can be one; that keeps this from comparing all with all.
        var byValue = new Dictionary<string, List<EnumType>>();
        foreach (var to in onlyTo)
        {
            foreach (var value in to.Values)
            {
                if (!byValue.TryGetValue(value.Name, out var holders))
                {
                    byValue[value.Name] = holders = [];
                }

                holders.Add(to);
            }
        }

        var candidates = new List<(EnumType, EnumType, double)>();
        foreach (var from in onlyFrom)
        {
            var near = from.Values.SelectMany(v => byValue.TryGetValue(v.Name, out var holders) && holders.Count <= 16 ? holders : [])
                .Distinct(ReferenceEqualityComparer.Instance)
                .Cast<EnumType>();
            foreach (var to in near)
            {
                var left = from.Values.Select(v => v.Name).ToHashSet();
                var shared = to.Values.Count(v => left.Contains(v.Name));
                var likeness = (double)shared / (from.Values.Length + to.Values.Length - shared);
                var confidence = (0.6 * likeness) + (0.4 * NameSimilarity.Of(from.Name.Name, to.Name.Name));
                if (likeness >= 0.5 && confidence >= Threshold)
                {
                    candidates.Add((from, to, confidence));
                }
            }
        }

        return BestFirst.Assign(candidates);
    }

    /// <summary>The values that only one side has, brought together by their places and names.</summary>
    internal static List<(EnumValue From, EnumValue To, double Confidence)> FindValues(
        EnumType from, EnumType to, List<EnumValue> onlyFrom, List<EnumValue> onlyTo)
    {
        var candidates = new List<(EnumValue, EnumValue, double)>();
        if ((long)onlyFrom.Count * onlyTo.Count > 10_000)
        {
            return candidates;
        }

        foreach (var left in onlyFrom)
        {
            foreach (var right in onlyTo)
            {
                var samePlace = from.Values.Length == to.Values.Length && from.Values.IndexOf(left) == to.Values.IndexOf(right);
                var confidence = (0.8 * NameSimilarity.Of(left.Name, right.Name)) + (samePlace ? 0.2 : 0);
                if (confidence >= Threshold)
                {
                    candidates.Add((left, right, confidence));
                }
            }
        }

        return BestFirst.Assign(candidates);
    }
}
