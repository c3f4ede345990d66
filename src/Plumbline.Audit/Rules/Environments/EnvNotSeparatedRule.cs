using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The only environment file names a hosted database, and no other file separates development from it.</summary>
internal sealed class EnvNotSeparatedRule : Rule
{
    private static readonly string[] SharedNames = ["prod", "live", "staging", "stage"];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/env-not-separated",
        Title = "One environment file serves development and the hosted database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            A `.env` that names a hosted database, where no other environment file in its folder sets the variable: no `.env.local`, no file for
            development, staging or production. Only files that are committed, or whose contents show their purpose (`NODE_ENV=production`,
            `staging` in a name), are reported: a developer's own ignored file may name a hosted database for development.
            """,
        Why = "`prisma migrate dev`, `db push`, `migrate reset` and tests read `.env`, so they run on a database that others use.",
        Bad = """
            ```sh
            # .env, the only one
            DATABASE_URL=postgresql://postgres:…@db.abcdefgh.supabase.co:5432/postgres
            ```
            """,
        Good = """
            ```sh
            # .env
            DATABASE_URL=postgresql://app:…@localhost:5432/shop
            # .env.staging
            DATABASE_URL=postgresql://postgres:…@db.abcdefgh.supabase.co:5432/postgres
            ```
            """,
        Fix = "Point `.env` at a local database, and give each hosted environment its own file or secret.",
        WhenOff = "When every developer has a hosted database for development.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var committed = context.Repository.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var candidate in context.Connections.Candidates)
        {
            if (candidate is not { Origin: ConnectionOrigin.DotEnv, Purpose: ConnectionPurpose.Main, Url: { } url } ||
                ConnectionText.IsPlaceholder(candidate) ||
                DatabaseHosts.ReachOf(url) is not (HostReach.Public or HostReach.Proxy or HostReach.Internal) || IsSeparated(candidate, context))
            {
                continue;
            }

            var file = context.Connections.EnvironmentFiles.First(f => f.File.Path == candidate.Location!.Path);
            if (!committed.Contains(file.File.Path) && !SaysShared(file, candidate))
                continue;

            sink.Report(new Observation
            {
                Title = $"{file.File.Path} names the hosted database on {url.Hosts[0].Name}, and no other file separates development from it",
                Message = $"{candidate.Variable} names the hosted database {DatabaseHosts.PlaceOf(url)}; no environment file in the same folder sets {candidate.Variable} for development, staging or production.",
                Impact = "prisma migrate dev, db push, migrate reset and tests run on a database that others use.",
                Recommendation = "Point .env at a local database, and give each hosted environment its own file or secret.",
                Project = context.ProjectOf(file.File.Path)?.Name,
                Subject = new Subject(SubjectKind.Environment, candidate.Variable),
                Locations = [UrlObservation.LocationOf(candidate)],
                Discriminator = file.File.Path,
            });
        }
    }

    private static bool IsSeparated(ConnectionCandidate candidate, RepositoryFacts context) =>
        context.Connections.Candidates.Any(other => other.Origin is ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile &&
            other.Variable == candidate.Variable && other.Environment != "test" &&
            RelativePath.FolderOf(other.Location!.Path) == RelativePath.FolderOf(candidate.Location!.Path));

    private static bool SaysShared(EnvironmentFile file, ConnectionCandidate candidate)
    {
        if (file.Entries.Any(entry => entry.Name is "NODE_ENV" or "APP_ENV" or "ENVIRONMENT" &&
            SharedNames.Any(name => entry.Value.Contains(name, StringComparison.OrdinalIgnoreCase))))
            return true;

        var words = $"{candidate.Url!.Hosts[0].Name} {candidate.Url.Database}".Split('.', '-', '_', ' ', '/');
        return words.Any(word => SharedNames.Contains(word, StringComparer.OrdinalIgnoreCase) || word.Equals("production", StringComparison.OrdinalIgnoreCase));
    }
}
