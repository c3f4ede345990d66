using Plumbline.Schema;

namespace Plumbline.Audit;

/// <summary>
/// A rule about one kind of difference between a project's schema and the database that its migrations make. The comparison leads from the
/// migrations to the schema, so that what turns one into the other is the migration that is missing.
/// </summary>
internal abstract class DriftRule : ProjectRule
{
    /// <inheritdoc/>
    protected sealed override void Check(ProjectContext project, FindingCollector findings)
    {
        if (project.Drift is not { } drift)
            return;

        foreach (var change in drift.Changes)
        {
            if (Describe(change, project) is { } text)
                findings.Add(Draft(change, text, project));
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

    /// <summary>What the rule says about a column of a table that only a file beside the migrations makes; null where it has nothing to say.</summary>
    protected virtual DriftText? DescribeStray(SchemaChange change, ProjectContext project) => null;

    /// <summary>What the rule says about a change; null where the change is another rule's.</summary>
    protected abstract DriftText? Describe(SchemaChange change, ProjectContext project);

    private static FindingDraft Draft(SchemaChange change, DriftText text, ProjectContext project)
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
