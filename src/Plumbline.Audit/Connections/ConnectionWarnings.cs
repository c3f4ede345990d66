namespace Plumbline.Audit.Connections;

/// <summary>Says what is doubtful about the URL that would be used.</summary>
internal static class ConnectionWarnings
{
    /// <summary>Adds the warnings about a URL.</summary>
    public static void Add(
        List<string> warnings, ChosenConnection chosen, ProjectConnection? project, RepositoryConnections connections, IReadOnlyList<string> names)
    {
        var (candidate, url) = (chosen.Candidate, chosen.Url);
        if (ConnectionText.IsPlaceholder(candidate))
        {
            warnings.Add("The URL looks like a template that was not filled in.");
        }

        if (chosen.PasswordSource is null && chosen.Reach != HostReach.Socket && url.User is not null)
        {
            warnings.Add("No password was found in the URL, PGPASSWORD, a password file or a service file.");
        }
        else if (chosen.PasswordSource is not (null or PasswordSource.Url))
        {
            warnings.Add($"The password comes from {chosen.PasswordSource}, which Prisma does not read.");
        }

        if (chosen.Reach is HostReach.Public or HostReach.Proxy && chosen.Tls is "disable" or "allow" or "prefer")
        {
            warnings.Add(chosen.Tls == "disable" ? "The connection to a public host is not encrypted." : "The connection to a public host is encrypted only if the server offers it; sslmode=require enforces it.");
        }

        if (project is not null && DatabaseHosts.TransactionPoolerOf(url) is { } pooler && project.Project.PrismaVersion.Major < 7 &&
            url.Parameter("pgbouncer") != "true" && !DatabaseHosts.IsNeonPooler(url.Hosts[0].Name))
        {
            warnings.Add($"{pooler} assigns connections per transaction. Without pgbouncer=true, Prisma's prepared statements can fail.");
        }

        if (project is { PrismaReadsFiles: false } && candidate.Origin is ConnectionOrigin.DotEnv or ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile)
        {
            warnings.Add(project.Config is null
                ? $"Prisma {project.Project.PrismaVersion.Major} does not load environment files by itself: {string.Join(", ", names)} must be set in its environment."
                : $"{project.Config.Path} loads no environment file, so Prisma itself would not see {candidate.Source}.");
        }
        else if (candidate.Origin is ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile &&
            project?.PrismaFiles.Any(file => file.File.Path == candidate.Location!.Path) == false)
        {
            warnings.Add($"The application reads {candidate.Location!.Path}; Prisma's own commands do not.");
        }

        var duplicate = connections.Candidates.Count(other => other.Origin == candidate.Origin && other.Variable == candidate.Variable &&
            other.Location?.Path == candidate.Location?.Path);
        if (candidate.Location is not null && candidate.Origin <= ConnectionOrigin.ModeFile && duplicate > 1)
        {
            warnings.Add($"{candidate.Location.Path} sets {candidate.Variable} {duplicate} times; the last value is used.");
        }
    }
}
