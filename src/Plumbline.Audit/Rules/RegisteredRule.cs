namespace Plumbline.Audit.Rules;

/// <summary>A rule with what it wants to see.</summary>
/// <param name="Descriptor">What the rule is.</param>
/// <param name="Registration">What it wants to see.</param>
internal sealed record RegisteredRule(RuleDescriptor Descriptor, RuleRegistration Registration)
{
    /// <summary>Whether it finds nothing without a live database.</summary>
    public bool RunsOnDatabaseOnly => Descriptor.Needs.Contains(RuleNeed.Database) &&
        Registration is { Repository: null, Changes.IsEmpty: true, Agreement: null, Statement: null, Url: null, Suppression: null };

    /// <summary>Asks a rule what it wants to see.</summary>
    public static RegisteredRule Of(Rule rule)
    {
        var registration = new RuleRegistration();
        rule.Register(registration);
        return new RegisteredRule(rule.Descriptor, registration);
    }
}
