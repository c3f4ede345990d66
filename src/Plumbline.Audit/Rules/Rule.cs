using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;

namespace Plumbline.Audit.Rules;

/// <summary>
/// A rule: one sealed class in one file <c>Rules/AREA/NAME.cs</c>, whose name in kebab case is the rule's. The list of all rules is made
/// from the file names when the project is built; nothing is registered by hand. Rules hold no state.
/// </summary>
internal abstract class Rule
{
    /// <summary>What the rule is and what it has to say about itself.</summary>
    public abstract RuleDescriptor Descriptor { get; }

    /// <summary>Looks at what was read and says what it finds.</summary>
    public abstract void Check(RepositoryFacts context, FindingCollector findings);
}

/// <summary>A rule that looks at one project at a time.</summary>
internal abstract class ProjectRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(RepositoryFacts context, FindingCollector findings)
    {
        foreach (var project in context.Projects)
            Check(project, findings);
    }

    /// <summary>Looks at one project.</summary>
    protected abstract void Check(ProjectFacts project, FindingCollector findings);
}

/// <summary>A rule about suppressions: it looks when all others have spoken and it is known which suppressions served.</summary>
internal abstract class SuppressionRule : Rule
{
    /// <summary>Says nothing: see <see cref="CheckSuppression"/>.</summary>
    public sealed override void Check(RepositoryFacts context, FindingCollector findings)
    {
    }

    /// <summary>Looks at one suppression.</summary>
    /// <param name="suppression">The suppression.</param>
    /// <param name="served">How many findings it suppressed.</param>
    /// <param name="context">What the other rules looked at; with it, which of them ran.</param>
    /// <param name="findings">Takes what the rule finds.</param>
    public abstract void CheckSuppression(Suppression suppression, int served, RepositoryFacts context, FindingCollector findings);
}
