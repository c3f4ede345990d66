using System.Collections.Immutable;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules;

/// <summary>What observations about database URLs have in common.</summary>
internal static class UrlObservation
{
    /// <summary>An observation whose project, subject and places are still open.</summary>
    public static Observation Draft(string title, string message, string impact, string recommendation) => new()
    {
        Title = title,
        Message = message,
        Impact = impact,
        Recommendation = recommendation,
        Project = null,
        Subject = new Subject(SubjectKind.Environment, ""),
    };

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

    /// <summary>Whether something uses a URL: it is not one in a template.</summary>
    public static bool IsUsed(ConnectionCandidate candidate) => candidate.Origin != ConnectionOrigin.Template;

    /// <summary>Whether a server can be reached from everywhere, or from everywhere in its platform: it is no server of a developer's own.</summary>
    public static bool IsRemote(DatabaseUrl url) => DatabaseHosts.ReachOf(url) is HostReach.Public or HostReach.Proxy or HostReach.Internal;

    /// <summary>The projects whose queries or migrations a variable is for; all where it names none.</summary>
    public static ImmutableArray<ProjectConnection> ProjectsOf(ConnectionCandidate candidate, RepositoryFacts context)
    {
        ImmutableArray<ProjectConnection> named =
            [.. context.Connections.Projects.Where(project => project.PurposeOf(candidate.Variable) != ConnectionPurpose.Other)];
        return named.IsEmpty ? context.Connections.Projects : named;
    }
}
