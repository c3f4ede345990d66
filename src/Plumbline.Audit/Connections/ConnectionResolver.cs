using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.PostgreSql.Catalog;
using Plumbline.Prisma.Binding;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;
using Plumbline.TypeScript.Usage;

namespace Plumbline.Audit.Connections;

/// <summary>Finds out which database URL would be used, and why.</summary>
public sealed class ConnectionResolver
{
    private readonly RepositoryConnections _connections;
    private readonly ProjectConnection? _project;
    private readonly ProcessEnvironment _process;
    private readonly ConfiguredText? _configured;
    private readonly ImmutableArray<ContainerPort> _ports;
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, ConnectionCandidate> _processCandidates = new(StringComparer.Ordinal);

    private ConnectionResolver(
        RepositoryConnections connections, ProjectConnection? project, ProcessEnvironment process, ConfiguredText? configured, ImmutableArray<ContainerPort> ports)
    {
        _ports = ports;
        _connections = connections;
        _project = project;
        _process = process;
        _configured = configured;
    }

    /// <summary>The connection of each project of a repository, in the workspace's order; one of no project where it has none.</summary>
    /// <param name="workspace">The repository.</param>
    /// <param name="configuration">What its configuration says.</param>
    /// <param name="process">The environment of the process.</param>
    public static ImmutableArray<ResolvedConnection> Resolve(Repository workspace, AuditConfiguration configuration, ProcessEnvironment process)
    {
        var connections = RepositoryConnections.Read(workspace, DatasourceOf);
        var ports = PortsOf(workspace);
        return connections.Projects.IsEmpty
            ? [new ConnectionResolver(connections, null, process, configuration.Database, ports).Resolve()]
            : [.. connections.Projects.Select(project => new ConnectionResolver(connections, project, process, configuration.Database, ports).Resolve())];
    }

    private static ImmutableArray<ContainerPort> PortsOf(Repository workspace)
    {
        var texts = new KindTexts("files about containers");
        return [.. workspace.Files.Where(file => ConnectionFiles.IsCompose(file.Path)).Select(texts.TextOf).OfType<SourceText>().SelectMany(text => ContainerFileReader.Read(text).Ports)];
    }

    private static Datasource? DatasourceOf(Project project)
    {
        var texts = project.SchemaFiles.Select(file => file.Text)
            .OfType<SourceText>()
            .Where(text => text.Text.Contains("datasource", StringComparison.Ordinal))
            .ToList();
        return texts.Count == 0 ? null : PrismaSchema.Read(texts).Datasource;
    }

    private ResolvedConnection Resolve()
    {
        var (candidate, why, problem) = Choose();
        var chosen = candidate?.Url is { } url ? Complete(candidate, url, why) : null;
        if (chosen is not null)
        {
            ConnectionWarnings.Add(_warnings, chosen, _project, _connections, Names());
        }

        var resolved = new ResolvedConnection { Project = _project?.Project.Name, Chosen = chosen, Problem = problem, Candidates = Ordered(), Ports = _ports };
        foreach (var other in resolved.Candidates)
        {
            if (resolved.Agrees(other) == false && other.Purpose is ConnectionPurpose.Main && other.Origin <= ConnectionOrigin.ModeFile &&
                other.Environment is null or "development")
            {
                _warnings.Add($"{other.Source} points to a different database: {DatabaseHosts.Shown(other.Url!)}.");
            }
        }

        return resolved with { Warnings = [.. _warnings.Distinct(StringComparer.Ordinal)] };
    }

    private List<string> Names() =>
        _configured is { } configured && !DatabaseUrl.IsUrl(configured.Value) ? [configured.Value]
        : _project is null ? [ConnectionVariables.Default]
        : [.. _project.Url.Select(reference => reference.Variable).OfType<string>()];

    private (ConnectionCandidate? Candidate, string Why, string? Problem) Choose()
    {
        var names = Names();
        var isConfigured = _configured is { } configured && names.Contains(configured.Value);
        foreach (var reference in isConfigured || _project is null ? [.. names.Select(name => new UrlReference(name, null, _configured?.Location ?? SourceLocation.StartOf("")))] : _project.Url)
        {
            var found = reference.Variable is { } variable
                ? LookUp(variable)
                : _connections.Candidates.FirstOrDefault(candidate => candidate.Location == reference.Location);
            if (found is null)
            {
                continue;
            }

            if (found.Url is null)
            {
                return (null, "", $"{found.Source} cannot be used. {found.Problem}");
            }

            return DatabaseHosts.ReachOf(found.Url) == HostReach.Internal && reference.Variable is { } name
                ? FromOutside(found, name)
                : (found, WhyOf(found, reference), null);
        }

        if (names.Select(name => LookUp(ConnectionVariables.PublicOf(name))).FirstOrDefault(candidate => candidate?.Url is not null) is { } outside)
        {
            return (outside, $"{string.Join(" and ", names)} {(names.Count == 1 ? "is" : "are")} not set, so {outside.Variable} is used", null);
        }

        if (_configured is { } literal && DatabaseUrl.IsUrl(literal.Value))
        {
            var own = ConnectionText.Literal(
                new ConnectionCandidate { Origin = ConnectionOrigin.Configuration, Variable = "database", Location = literal.Location }, literal.Value);
            return own.Url is null ? (null, "", $"{own.Source} cannot be used. {own.Problem}") : (own, "no other place sets one", null);
        }

        var all = names.Concat(names.Where(name => name == ConnectionVariables.Default).Select(ConnectionVariables.PublicOf)).ToList();
        var none =
            all.Count switch { 1 => $"{all[0]} is not set", 2 => $"Neither {all[0]} nor {all[1]} is set", _ => $"None of {string.Join(", ", all)} is set" };
        return (null, "", $"{none} {FilesRead()}. Set {names.FirstOrDefault() ?? ConnectionVariables.Default}, or pass the URL with --database.");
    }

    // What answers inside the platform only is of no use here: the public URL beside it is taken.
    private (ConnectionCandidate? Candidate, string Why, string? Problem) FromOutside(ConnectionCandidate found, string name)
    {
        var host = found.Url!.Hosts[0].Name;
        var platform = DatabaseHosts.PlatformOf(host)!;
        var publicName = ConnectionVariables.PublicOf(name);
        if (LookUp(publicName) is { Url: { } url } outside && DatabaseHosts.ReachOf(url) != HostReach.Internal)
        {
            var proxy = DatabaseHosts.ReachOf(url) == HostReach.Proxy ? ", a public TCP proxy" : "";
            return (
                outside,
                $"{name} ({PlaceOf(found)}) names {host}, which is only reachable inside {platform}; {publicName} names {url.Hosts.FirstOrDefault()?.Name}{proxy}",
                null);
        }

        if (!host.EndsWith(".railway.internal", StringComparison.OrdinalIgnoreCase))
        {
            _warnings.Add($"{host} is only reachable inside {platform}.");
            return (found, WhyOf(found, new UrlReference(name, null, found.Location ?? SourceLocation.StartOf(""))), null);
        }

        return (null, "", $"{name} ({PlaceOf(found)}) names {host}, which is only reachable inside {platform}, and {publicName} is not set. Set {publicName} to the URL of the public proxy, or set {name} to a URL that is reachable from this machine.");
    }

    private static string PlaceOf(ConnectionCandidate candidate) => candidate.Location is { } place ? $"{place.Path}:{place.Line}" : "the environment";

    private ConnectionCandidate? LookUp(string variable)
    {
        if (_process.ValueOf(variable) is { } value)
        {
            if (!_processCandidates.TryGetValue(variable, out var own))
            {
                var template = new ConnectionCandidate { Origin = ConnectionOrigin.Process, Variable = variable, Purpose = _project?.PurposeOf(variable) ?? ConnectionPurpose.Main };
                own = ConnectionText.Literal(template, value);
                _processCandidates.Add(variable, own);
            }

            return own;
        }

        foreach (var file in FilesInOrder())
        {
            if (_connections.In(file, variable) is { } candidate)
            {
                return candidate;
            }
        }

        return null;
    }

    // First what Prisma reads, then what only the application would: its own machine's file, that of the mode, that of development.
    private IEnumerable<EnvironmentFile> FilesInOrder()
    {
        var mode = _process.ValueOf("NODE_ENV") ?? "development";
        var isIn = _project is null ? _connections.EnvironmentFiles.Where(file => file.File.Folder.Length == 0) : [];
        var prisma = _project?.PrismaFiles ?? [.. isIn.Where(file => file.File.Name == ".env")];
        var folders = prisma.Select(file => file.File.Folder).Append("").Append(_project?.Project.Package?.File.Folder ?? "").ToHashSet(StringComparer.Ordinal);
        var others = _connections.EnvironmentFiles
            .Where(file => file.Origin is ConnectionOrigin.LocalFile or ConnectionOrigin.ModeFile && folders.Contains(file.File.Folder) &&
                (file.Mode is null || file.Mode == mode))
            .OrderBy(file => (file.Mode is null ? 1 : 0) + (file.IsLocal ? 0 : 2));
        return prisma.Concat(_project?.ApplicationFiles ?? []).Concat(others).DistinctBy(file => file.File.Path);
    }

    private string FilesRead() => string.Join(", ", FilesInOrder().Select(file => file.File.Path)) is { Length: > 0 } files
        ? $"in the environment or in a file that would be read ({files})"
        : "in the environment, and there is no .env file";

    private string WhyOf(ConnectionCandidate found, UrlReference reference)
    {
        var asked = reference.Location.Path.Length > 0 && _project is not null && reference.Location != found.Location
            ? $"{reference.Location.Path} reads {found.Variable}"
            : $"{found.Variable} is the default variable";
        return found.Origin switch
        {
            ConnectionOrigin.Process => $"{asked}, and environment variables override all files",
            ConnectionOrigin.DotEnv => $"{asked}; it is not set in the environment, and {found.Location!.Path} is the first file that sets it",
            ConnectionOrigin.PrismaSchema or ConnectionOrigin.PrismaConfig => "the URL is a literal there, so no variable is read",
            _ => $"{asked}; neither the environment nor a .env file sets it",
        };
    }

    private ImmutableArray<ConnectionCandidate> Ordered()
    {
        var files = FilesInOrder().Select(file => file.File.Path).ToList();
        var process = Names().Concat(Names().Select(ConnectionVariables.PublicOf)).Concat(_project?.DirectUrl.Select(r => r.Variable).OfType<string>() ?? [])
            .Concat(_project?.ShadowUrl.Select(r => r.Variable).OfType<string>() ?? []).Distinct(StringComparer.Ordinal)
            .Where(name => _process.ValueOf(name) is not null).Select(name => LookUp(name)!);
        return
        [
            .. process,
            .. _connections.Candidates.OrderBy(candidate => files.IndexOf(candidate.Location!.Path) is var index and >= 0 ? index : int.MaxValue),
        ];
    }

    private ChosenConnection Complete(ConnectionCandidate candidate, DatabaseUrl url, string why)
    {
        string? passwordSource = url.Password is { Length: > 0 } ? PasswordSource.Url : null;
        (url, passwordSource) = AddPassword(candidate, url, passwordSource);
        var tls = TlsDecision.For(url, _process);
        var parameters = new SortedDictionary<string, ConnectionParameter>(StringComparer.Ordinal);
        foreach (var parameter in url.Parameters)
        {
            parameters[parameter.Name] = new ConnectionParameter(
                parameter.Name,
                parameter.IsSecret ? "***" : parameter.Value,
                candidate.Url!.Parameter(parameter.Name) is null ? PasswordSource.ServiceFile : PasswordSource.Url);
        }

        foreach (var (name, variable) in (ReadOnlySpan<(string, string)>)[("connection_limit", PoolDefault.Size), ("pool_timeout", PoolDefault.Timeout), ("pgbouncer", PoolDefault.PgBouncer)])
        {
            if (!parameters.ContainsKey(name) && Pool(name, variable) is { } setting)
            {
                parameters[name] = setting;
                url = url with { Parameters = url.Parameters.Add(new DatabaseUrlParameter(name, setting.Value)) };
            }
        }

        return new ChosenConnection
        {
            Candidate = candidate,
            Url = url,
            Why = why,
            Parameters = [.. parameters.Values],
            Tls = tls.Mode,
            TlsWhy = tls.Why,
            PasswordSource = passwordSource,
        };
    }

    private ConnectionParameter? Pool(string name, string variable)
    {
        var (value, source) = Setting(variable);
        if (name == "pgbouncer")
        {
            return value is "true" or "1" ? new ConnectionParameter(name, "true", source) : null;
        }

        if (value is not null)
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            {
                return new ConnectionParameter(name, number.ToString(CultureInfo.InvariantCulture), source);
            }

            _warnings.Add($"{source} is not a positive number and is ignored.");
        }

        foreach (var own in _connections.PoolDefaults)
        {
            if (own.Variable == variable && own.Value is { } byDefault)
            {
                return new ConnectionParameter(
                    name, byDefault.ToString(CultureInfo.InvariantCulture), $"{variable} is not set; the default in {own.Location.Path}:{own.Location.Line}");
            }
        }

        return null;
    }

    // The name of the variable is what people look for; the file only where it is not the environment's.
    private (string? Value, string Source) Setting(string variable)
    {
        if (_process.ValueOf(variable) is { } value)
        {
            return (value.Trim(), variable);
        }

        foreach (var file in FilesInOrder())
        {
            if (file.Entries.LastOrDefault(entry => entry.Name == variable) is { Value.Length: > 0 } entry)
            {
                return (entry.Value, variable);
            }
        }

        return (null, variable);
    }

    private (DatabaseUrl Url, string? Source) AddPassword(ConnectionCandidate candidate, DatabaseUrl url, string? source)
    {
        var isOwn = candidate.Origin == ConnectionOrigin.Process;
        url = url with { IsNamedByUser = NamedHosts.AreHostsOf(url, candidate, _process), HasFilesOfUser = isOwn };
        if (!isOwn && OwnTls.HasFiles(url))
        {
            _warnings.Add($"The files that sslcert, sslkey and sslrootcert name are not read because {candidate.Source} names them.");
        }

        try
        {
            if ((url.Parameter("service") ?? _process.ValueOf("PGSERVICE")) is { } service)
            {
                if (ServiceFile.PathOf(_process) is { } path && TextOf(path) is { } services && ServiceFile.Find(services, service) is { } settings)
                {
                    if (ServiceFile.HostsOf(settings) is not { } hosts)
                    {
                        _warnings.Add($"The service \"{service}\" is not used because its ports are wrong: they must be numbers from 1 to 65535, one for all hosts or one for each.");
                    }
                    else if (url.IsNamedByUser || NamedHosts.AreHostsOf(url, settings))
                    {
                        url = ServiceFile.Complete(isOwn ? url : OwnTls.Without(url, settings), settings, hosts) with { IsNamedByUser = true, HasFilesOfUser = true };
                        source ??= url.Password is { Length: > 0 } ? PasswordSource.ServiceFile : null;
                    }
                    else
                    {
                        _warnings.Add($"The service \"{service}\" is not used because {candidate.Source} names another host.");
                    }
                }
                else
                {
                    _warnings.Add($"No connection service file defines the service \"{service}\".");
                }
            }

            if (source is null && _process.ValueOf(PasswordSource.Variable) is { } password)
            {
                if (url.IsNamedByUser)
                {
                    return (OwnTls.AtLeast(url with { Password = password }, isOwn, _process), PasswordSource.Variable);
                }

                _warnings.Add(NotUsed(PasswordSource.Variable, candidate));
            }
            else if (source is null && PasswordFile.PathOf(_process) is { } file && File.Exists(file))
            {
                if (!PasswordFile.IsPrivate(file))
                {
                    url = url with { HostPasswords = [.. url.Hosts.Select(_ => (string?)null)] };
                    _warnings.Add("The password file is readable by other users, so it is ignored. Run chmod 0600 on it.");
                }
                else if (PasswordFile.Find(TextOf(file) ?? "", url) is var found && !found.Any(one => one is not null))
                {
                    url = url with { HostPasswords = found };
                }
                else
                {
                    if (url.IsNamedByUser)
                    {
                        url = OwnTls.AtLeast(url, isOwn, _process);
                        return (found is [var only] ? url with { Password = only } : url with { HostPasswords = found }, PasswordSource.PasswordFile);
                    }

                    _warnings.Add(NotUsed("The password file", candidate));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _warnings.Add("The password file or the connection service file cannot be read.");
        }

        return (url, source);
    }

    private static string NotUsed(string credential, ConnectionCandidate candidate) =>
        $"{credential} is not used because {candidate.Source} names the host. Set {(candidate.Location is null || candidate.Origin is ConnectionOrigin.PrismaConfig or ConnectionOrigin.PrismaSchema ? ConnectionVariables.Default : candidate.Variable)} in the environment, or pass the URL with --database.";

    // Files of the user's own, wherever they lie.
    private static string? TextOf(string path) => DiskFiles.Instance.Read(path, path).Text?.Text;
}
