using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Findings;

/// <summary>Takes what one rule has to say.</summary>
internal sealed class FindingCollector
{
    private readonly RuleDescriptor _rule;
    private readonly Severity? _configured;
    private readonly List<Finding> _findings = [];
    private readonly List<VerifiedFact> _verified = [];
    private readonly HashSet<string> _fingerprints = [];

    /// <summary>A collector for one rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="configured">The severity that the configuration gives to the rule's findings; null where it gives none.</param>
    public FindingCollector(RuleDescriptor rule, Severity? configured = null)
    {
        _rule = rule;
        _configured = configured;
    }

    /// <summary>What was found, in the order in which the rule said it.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>What was checked and holds.</summary>
    public IReadOnlyList<VerifiedFact> Verified => _verified;

    /// <summary>Takes a finding.</summary>
    public void Add(FindingDraft draft)
    {
        var severity = _configured ?? draft.Severity ?? _rule.Severity;
        var fingerprint = Fingerprint.Of(_rule.Name, draft.Project, draft.Subject, draft.Discriminator);

        // Two equal facts, such as the same statement twice in one file, still are two findings: the second is told apart by its number.
        for (var i = 2; !_fingerprints.Add(fingerprint); i++)
            fingerprint = Fingerprint.Of(_rule.Name, draft.Project, draft.Subject, $"{draft.Discriminator}\u001e{i}");

        _findings.Add(new Finding
        {
            Rule = _rule.Name,
            Severity = severity,
            Title = draft.Title,
            Message = draft.Message,
            Impact = draft.Impact,
            Recommendation = draft.Recommendation,
            Project = draft.Project,
            Subject = draft.Subject,
            Expected = draft.Expected,
            Found = draft.Found,
            SqlState = draft.SqlState,
            Locations = draft.Locations,
            Fix = draft.Fix,
            Fingerprint = fingerprint,
            Effort = draft.Effort,
            Phase = draft.Phase ?? PhaseOf(severity),
        });
    }

    /// <summary>Takes a fact that holds.</summary>
    /// <param name="check">Name of the check, such as <c>table-agrees</c>.</param>
    /// <param name="subject">What it holds for.</param>
    /// <param name="project">The project that it holds in.</param>
    /// <param name="order">The order of migrations in which it holds; null for the one on disk.</param>
    public void Verify(string check, Subject subject, string project, ImmutableArray<string>? order = null) =>
        _verified.Add(new VerifiedFact(check, subject, [project], order));

    private static int PhaseOf(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => 1,
        Severity.Medium => 2,
        Severity.Low => 3,
        _ => 4,
    };
}
