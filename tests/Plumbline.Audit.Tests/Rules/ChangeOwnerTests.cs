using Plumbline.Audit.Rules;

namespace Plumbline.Audit.Tests.Rules;

/// <summary>No difference goes unreported, and none is reported by two rules.</summary>
public sealed class ChangeOwnerTests
{
    [Fact]
    public void Every_kind_of_change_to_the_schema_has_exactly_one_owner() => AssertOneOwner(rule => rule.Changes);

    [Fact]
    public void Every_kind_of_change_to_a_live_database_has_exactly_one_owner() => AssertOneOwner(rule => rule.LiveChanges);

    private static void AssertOneOwner(Func<RuleRegistration, IEnumerable<ChangeSelector>> kindsOf)
    {
        var owners = RuleCatalog.All.ToArray()
            .SelectMany(rule => kindsOf(rule.Registration).Select(kind => (Kind: kind, Rule: rule.Descriptor.Name)))
            .ToLookup(o => o.Kind, o => o.Rule);
        var wrong = ChangeSelector.All.Where(kind => owners[kind].Count() != 1).Select(kind => $"{kind}: {string.Join(", ", owners[kind])}");

        Assert.Equal([], wrong);
        Assert.Empty(owners.Select(o => o.Key).Except(ChangeSelector.All));
    }
}
