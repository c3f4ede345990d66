using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules;

/// <summary>
/// A rule about one kind of difference between a project's schema, the database that its migrations make, and a live one. The comparison leads from the
/// migrations to the schema, so that what turns one into the other is the migration that is missing; and from the migrations to the live database.
/// </summary>
internal abstract class DriftRule : ProjectRule
{
    private const int MaximumOfOneKind = 40;
    private const int NamedInSummary = 5;

    /// <inheritdoc/>
    protected sealed override void Check(ProjectFacts project, FindingCollector findings)
    {
        CheckLive(project, findings);
        foreach (var change in project.Drift?.Changes ?? [])
        {
            if (Describe(change, project) is { } text)
                findings.Add(Draft(change, project.LiveDrift?.Has(change) == true ? AlreadyThere(text) : text, project));
        }

        foreach (var stray in project.TablesOfStrays)
        {
            foreach (var change in stray.TypeChanges)
            {
                if (DescribeStray(change, project) is { } text)
                    findings.Add(Draft(change, text, project));
            }
        }
    }

    private void CheckLive(ProjectFacts project, FindingCollector findings)
    {
        if (project.LiveDrift is not { HandMade.IsEmpty: false } live)
            return;

        SchemaChange[] own = [.. live.HandMade.Where(change => LiveDriftRules.RuleOf(change) == Descriptor.Name)];
        if (own.Length > 0 && project.Database is { Snapshot: { } snapshot } database)
        {
            var context = new LiveFacts(project, [project], database, snapshot);
            own = [.. own.Where(change => !IsToldByDanger(change, context, project.Options))];
        }

        if (own.Length > MaximumOfOneKind)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"{own.Length} differences of one kind between the database and the migrations ({Descriptor.Name})");
            findings.Add(LiveSummary(title, "database", own, project));
            return;
        }

        foreach (var group in own.GroupBy(SameDone))
        {
            SchemaChange[] changes = [.. group];
            var text = LiveDriftText.Of(changes[0], live.IsAgainstSchema);
            findings.Add(changes.Length == 1
                ? LiveDraft(changes[0], text, project)
                : LiveSummary(string.Create(CultureInfo.InvariantCulture, $"{text.Title}, and {changes.Length - 1} alike"), "database " + group.Key, changes, project));
        }
    }

    // A grant, an owner or row-level security that many objects got alike was one act; everything else is told by itself.
    private static string SameDone(SchemaChange change) => change.Kind is
        ChangeKind.AddGrant or ChangeKind.DropGrant or ChangeKind.AlterGrant or ChangeKind.AlterOwner or ChangeKind.AlterRls
            ? $"{change.Kind.Name()}\u001e{change.From}\u001e{change.To}"
            : $"{change.Kind.Name()}\u001e{change.Subject.Schema}\u001e{change.Subject}\u001e{change.From}\u001e{change.To}";

    private static bool IsToldByDanger(SchemaChange change, LiveFacts live, AuditOptions options)
    {
        foreach (var rule in RuleCatalog.All)
        {
            if (rule is LiveRule danger && options.Includes(danger.Descriptor) && danger.Tells(change, live))
                return true;
        }

        return false;
    }

    private static DriftText AlreadyThere(DriftText text) => text with { Message = text.Message + " The database has it as the schema says: it was made there by hand, or by prisma db push." };

    private static FindingDraft LiveDraft(SchemaChange change, DriftText text, ProjectFacts project) => new()
    {
        Severity = text.Severity,
        Title = text.Title,
        Message = text.Message,
        Impact = text.Impact,
        Recommendation = text.Recommendation,
        Project = project.Name,
        Subject = change.Subject,
        Expected = change.From,
        Found = change.To,
        Locations = DriftPlaces.OfLive(change),
        Discriminator = "database " + change.Kind.Name(),
    };

    // What somebody did to everything at once, such as a grant on all tables, is one fact.
    private static FindingDraft LiveSummary(string title, string discriminator, SchemaChange[] changes, ProjectFacts project) => new()
    {
        Title = title,
        Message = $"In the database: {string.Join("; ", changes.Take(NamedInSummary).Select(c => LiveDriftText.Of(c, project.LiveDrift!.IsAgainstSchema).Title))}{(changes.Length > NamedInSummary ? "; and others." : ".")}",
        Impact = "The database behaves otherwise than one built from the migrations.",
        Recommendation = "Write a migration that makes the same changes, or take them back here. plumb diff MIGRATIONS URL lists them all.",
        Project = project.Name,
        Subject = new Subject(SubjectKind.Database, project.Database!.Snapshot!.Server.Database),
        Locations = [.. changes.SelectMany(change => DriftPlaces.OfLive(change)).Take(NamedInSummary)],
        Discriminator = discriminator,
    };

    /// <summary>What the rule says about a column of a table that only a file beside the migrations makes; null where it has nothing to say.</summary>
    protected virtual DriftText? DescribeStray(SchemaChange change, ProjectFacts project) => null;

    /// <summary>What the rule says about a change from the migrations to the schema; null where the change is another rule's, or the schema cannot express it.</summary>
    protected virtual DriftText? Describe(SchemaChange change, ProjectFacts project) => null;

    private static FindingDraft Draft(SchemaChange change, DriftText text, ProjectFacts project)
    {
        var fix = project.Fixes?.SqlOrPatch(change);
        return new FindingDraft
        {
            Severity = text.Severity,
            Title = text.Title,
            Message = text.Message,
            Impact = text.Impact,
            Recommendation = text.Recommendation,
            Project = project.Name,
            Subject = change.Subject,
            Expected = change.To,
            Found = change.From,
            Locations = DriftPlaces.Of(change, text),
            Fix = fix,
            Discriminator = change.Kind.Name(),
            Effort = fix is { Kind: FixKind.Safe } ? Effort.Small : Effort.Medium,
        };
    }
}

/// <summary>What a drift rule says about one change.</summary>
/// <param name="Title">One line, without a period at its end.</param>
/// <param name="Message">What was seen.</param>
/// <param name="Impact">What follows from it.</param>
/// <param name="Recommendation">What to do.</param>
/// <param name="Severity">The severity where it differs from the rule's own.</param>
internal sealed record DriftText(string Title, string Message, string Impact, string Recommendation, Severity? Severity = null)
{
    /// <summary>The statement that dropped what is missing, where a migration once created it.</summary>
    public SourceLocation? Dropped { get; init; }

    /// <summary>The statement of a file beside the migrations that would make what is missing.</summary>
    public SourceLocation? Stray { get; init; }

    /// <summary>Whether what the schema is held against is such a file, not the migrations.</summary>
    public bool IsAgainstStray { get; init; }
}
