using System.Collections.Immutable;

namespace Plumbline.Audit.Rules;

/// <summary>All rules, sorted by name. The list itself is generated from the files under <c>Rules/AREA</c>.</summary>
public static partial class RuleCatalog
{
    private static readonly RegisteredRule[] Sorted = Sort(Create());

    /// <summary>What each rule has to say about itself.</summary>
    public static ImmutableArray<RuleDescriptor> Descriptors { get; } = [.. Sorted.Select(r => r.Descriptor)];

    /// <summary>The areas that have rules, sorted.</summary>
    public static ImmutableArray<string> Areas { get; } = [.. Descriptors.Select(d => d.Area).Distinct(StringComparer.Ordinal)];

    /// <summary>The rules themselves.</summary>
    internal static ReadOnlySpan<RegisteredRule> All => Sorted;

    /// <summary>The descriptor of a name; null where no rule has it.</summary>
    public static RuleDescriptor? Find(string name)
    {
        foreach (var descriptor in Descriptors)
        {
            if (descriptor.Name == name)
                return descriptor;
        }

        return null;
    }

    private static partial Rule[] Create();

    private static RegisteredRule[] Sort(Rule[] rules)
    {
        Array.Sort(rules, (a, b) => string.CompareOrdinal(a.Descriptor.Name, b.Descriptor.Name));
        return Array.ConvertAll(rules, RegisteredRule.Of);
    }
}
