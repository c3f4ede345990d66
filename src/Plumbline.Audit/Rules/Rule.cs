namespace Plumbline.Audit.Rules;

/// <summary>
/// A rule: one sealed class in one file <c>Rules/AREA/NAMERule.cs</c>, whose name in kebab case is the rule's. The list of all rules is made
/// from the file names when the project is built; nothing is registered by hand. Rules hold no state: they say what they want to see, and the engine
/// dispatches.
/// </summary>
internal abstract class Rule
{
    /// <summary>What the rule is, and its documentation.</summary>
    public abstract RuleDescriptor Descriptor { get; }

    /// <summary>Says what the rule wants to see.</summary>
    public abstract void Register(RuleRegistration rule);
}
