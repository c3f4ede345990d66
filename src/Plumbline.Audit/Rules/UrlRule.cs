using System.Collections.Immutable;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules;

/// <summary>A rule that looks at one database URL at a time. What is wrong with several for one cause is one finding with all their places. Nothing that it
/// says holds a password.</summary>
internal abstract class UrlRule : Rule
{
    /// <inheritdoc/>
    public sealed override void Check(RepositoryFacts context, FindingCollector findings)
    {
        var causes = new Dictionary<string, List<ConnectionCandidate>>(StringComparer.Ordinal);
        foreach (var candidate in context.Connections.Candidates)
        {
            if (candidate.Url is not { Hosts.IsEmpty: false } url || ConnectionText.IsPlaceholder(candidate) ||
                CauseOf(candidate, url, context) is not { } cause)
                continue;

            if (!causes.TryGetValue(cause, out var places))
                causes.Add(cause, places = []);

            places.Add(candidate);
        }

        foreach (var (cause, places) in causes)
        {
            findings.Add(Describe(places[0], places[0].Url!, context) with
            {
                Project = context.ProjectOf(places[0].Location!.Path)?.Name,
                Subject = new Subject(SubjectKind.Environment, places[0].Variable),
                Locations = [.. places.Select(LocationOf)],
                Discriminator = cause,
            });
        }
    }

    /// <summary>Where a candidate stands.</summary>
    public static FindingLocation LocationOf(ConnectionCandidate candidate) => new(
        candidate.Origin switch
        {
            ConnectionOrigin.PrismaSchema => LocationRole.Schema,
            ConnectionOrigin.Code => LocationRole.Code,
            <= ConnectionOrigin.Template => LocationRole.Environment,
            _ => LocationRole.Configuration,
        },
        candidate.Location!);

    /// <summary>What is wrong with a URL, as a text that is the same for all URLs of one cause; null where nothing is.</summary>
    protected abstract string? CauseOf(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context);

    /// <summary>Says what is wrong, by the first place.</summary>
    protected abstract FindingDraft Describe(ConnectionCandidate candidate, DatabaseUrl url, RepositoryFacts context);

    /// <summary>Whether a URL is one that something uses: not one in a template.</summary>
    protected static bool IsUsed(ConnectionCandidate candidate) => candidate.Origin != ConnectionOrigin.Template;

    /// <summary>Whether a server can be asked from everywhere, or from everywhere in its platform: it is no server of a developer's own.</summary>
    protected static bool IsRemote(DatabaseUrl url) => DatabaseHosts.ReachOf(url) is HostReach.Public or HostReach.Proxy or HostReach.Internal;

    /// <summary>A draft with what every finding about a URL has in common left open.</summary>
    protected static FindingDraft Draft(string title, string message, string impact, string recommendation) => new()
    {
        Title = title,
        Message = message,
        Impact = impact,
        Recommendation = recommendation,
        Project = null,
        Subject = new Subject(SubjectKind.Environment, ""),
    };

    /// <summary>The projects whose queries or migrations a variable is for; all where it tells none.</summary>
    protected static ImmutableArray<ProjectConnection> ProjectsOf(ConnectionCandidate candidate, RepositoryFacts context)
    {
        ImmutableArray<ProjectConnection> named =
            [.. context.Connections.Projects.Where(project => project.PurposeOf(candidate.Variable) != ConnectionPurpose.Other)];
        return named.IsEmpty ? context.Connections.Projects : named;
    }
}
