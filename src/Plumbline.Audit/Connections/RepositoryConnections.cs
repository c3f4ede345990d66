using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Connections.Dotenv;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Prisma.Binding.Symbols;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;
using Plumbline.TypeScript.Usage;

namespace Plumbline.Audit.Connections;

/// <summary>The places in a repository that give database URLs, and how its projects come to theirs. The environment of the process has no part in
/// it.</summary>
internal sealed class RepositoryConnections
{
    private RepositoryConnections(
        ImmutableArray<EnvironmentFile> files,
        ImmutableArray<ConnectionCandidate> candidates,
        ImmutableArray<ProjectConnection> projects,
        ImmutableArray<PoolDefault> defaults,
        ImmutableArray<Diagnostic> exceeded)
    {
        Exceeded = exceeded;
        EnvironmentFiles = files;
        Candidates = candidates;
        Projects = projects;
        PoolDefaults = defaults;
    }

    /// <summary>The environment files, those among them that git ignores; sorted by path.</summary>
    public ImmutableArray<EnvironmentFile> EnvironmentFiles { get; }

    /// <summary>The places, by their kind, path and line.</summary>
    public ImmutableArray<ConnectionCandidate> Candidates { get; }

    /// <summary>The projects, in the workspace's order.</summary>
    public ImmutableArray<ProjectConnection> Projects { get; }

    /// <summary>The values that the application's code gives the settings of the pool where the environment has none.</summary>
    public ImmutableArray<PoolDefault> PoolDefaults { get; }

    /// <summary>The budgets that files exceed.</summary>
    public ImmutableArray<Diagnostic> Exceeded { get; }

    /// <summary>Looks for all places.</summary>
    /// <param name="workspace">The repository.</param>
    /// <param name="datasource">The datasource of a project's schema; null where it has none.</param>
    public static RepositoryConnections Read(Repository workspace, Func<Project, Datasource?> datasource)
    {
        var files = EnvironmentFileFinder.Find(workspace);
        var byPath = files.ToDictionary(file => file.File.Path, StringComparer.Ordinal);
        ImmutableArray<ProjectConnection> projects =
            [.. workspace.Projects.Select(project => ProjectConnectionReader.Read(project, datasource(project), workspace, byPath))];
        var candidates = ImmutableArray.CreateBuilder<ConnectionCandidate>();
        var expands = projects.IsEmpty ||
            projects.Any(project => (project.Config is null && project.Project.PrismaVersion.Major < 7) || project.Config?.Expands == true ||
                project.Framework is not null);
        var finder = new Finder(projects, candidates, files);
        foreach (var file in files)
        {
            finder.AddEnvironmentFile(file, expands);
        }

        foreach (var project in projects)
        {
            finder.AddLiterals(project);
        }

        var defaults = ImmutableArray.CreateBuilder<PoolDefault>();
        foreach (var file in workspace.Files)
        {
            if (ConnectionFiles.IsCompose(file.Path))
            {
                finder.AddText(file, ConnectionOrigin.Compose);
            }
            else if (RepositoryCommands.IsCi(file.Path))
            {
                finder.AddText(file, ConnectionOrigin.ContinuousIntegration);
            }
            else if (ConnectionFiles.IsDeployment(file.Path))
            {
                finder.AddText(file, ConnectionOrigin.Deployment);
            }
            else if (ConnectionFiles.IsSettingsCode(file.Path))
            {
                finder.AddText(file, ConnectionOrigin.Code);
                defaults.AddRange(file.Text is { } text ? PoolDefault.Find(text) : []);
            }
        }

        ImmutableArray<ConnectionCandidate> sorted =
        [
            .. candidates.OrderBy(candidate => candidate.Origin)
                .ThenBy(candidate => candidate.Location!.Path, StringComparer.Ordinal)
                .ThenBy(candidate => candidate.Location!.Line)
                .ThenBy(candidate => candidate.Location!.Column),
        ];
        return new RepositoryConnections(files, sorted, projects, defaults.ToImmutable(), [.. finder.Exceeded]);
    }

    /// <summary>The candidate of a variable in an environment file; null where the file does not set it.</summary>
    public ConnectionCandidate? In(EnvironmentFile file, string variable) =>
        Candidates.LastOrDefault(candidate => candidate.Variable == variable && candidate.Location!.Path == file.File.Path);

    private sealed class Finder(ImmutableArray<ProjectConnection> projects, ImmutableArray<ConnectionCandidate>.Builder candidates, ImmutableArray<EnvironmentFile> files)
    {
        private readonly HashSet<string> _named = projects.SelectMany(project => project.Variables).ToHashSet(StringComparer.Ordinal);
        private readonly Dictionary<string, EnvironmentFile> _dotEnvOf =
            files.Where(file => file.Origin == ConnectionOrigin.DotEnv && file.File.Name == ".env").ToDictionary(file => file.File.Folder, StringComparer.Ordinal);
        private readonly ExpansionBudget _expansion = new();
        private bool _isFull;

        /// <summary>The budgets that files exceed.</summary>
        public List<Diagnostic> Exceeded { get; } = [];

        public void AddEnvironmentFile(EnvironmentFile file, bool expands)
        {
            if (file.Exceeded is { } exceeded)
                Exceeded.Add(exceeded);

            var wasExceeded = _expansion.WasExceeded;
            var values = expands ? DotenvExpansion.Expand(file.Entries, _ => null, _expansion) : null;
            if (_expansion.WasExceeded && !wasExceeded)
                Exceeded.Add(ReadingBudget.Exceeded($"The values in {file.File.Path} become too long when their variables are replaced", "With their variables replaced, values become too long; they are taken as they are written.", SourceLocation.StartOf(file.File.Path)));

            foreach (var entry in file.Entries)
            {
                if (IsFull(file.File.Path))
                    return;

                var value = values?[entry.Name] ?? entry.Value;
                var isUrl = value.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) ||
                    value.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);
                if (value.Length > 0 && (isUrl || IsKnown(entry.Name)))
                {
                    var template = new ConnectionCandidate { Origin = file.Origin, Variable = entry.Name, Purpose = PurposeOf(entry.Name), Location = entry.Location, Environment = file.Mode, IsCut = entry.IsCut };
                    candidates.Add(ConnectionText.Literal(template, value));
                }
            }
        }

        public void AddText(WorkspaceFile file, ConnectionOrigin origin)
        {
            if (file.Text is not { } text)
            {
                return;
            }

            // Compose replaces variables by what the .env beside its file says.
            var beside = origin == ConnectionOrigin.Compose ? _dotEnvOf.GetValueOrDefault(file.Folder) : null;
            foreach (var mention in ConnectionText.Find(text, IsKnown))
            {
                if (IsFull(file.Path))
                    return;

                var isCode = origin == ConnectionOrigin.Code;
                var template = new ConnectionCandidate
                {
                    Origin = origin,
                    Variable = mention.Variable,
                    Purpose = isCode
                        ? PurposeOf(mention.Variable) is ConnectionPurpose.Other
                        ? ConnectionPurpose.Main
                        : PurposeOf(mention.Variable)
                        : PurposeOf(mention.Variable),
                    Location = mention.Location,
                };
                var candidate = ConnectionText.Read(template, mention.Value, name => beside?.Entries.LastOrDefault(entry => entry.Name == name)?.Value);
                if (!isCode || candidate.Url is not null)
                {
                    candidates.Add(candidate);
                }
            }
        }

        private bool IsFull(string path)
        {
            if (candidates.Count < ReadingBudget.Connections)
                return false;

            if (!_isFull)
                Exceeded.Add(ReadingBudget.Exceeded(
                    $"More than {ReadingBudget.Connections.ToString("N0", CultureInfo.InvariantCulture)} places give database URLs", $"The rest are left out, from {path} on.", SourceLocation.StartOf(path)));

            _isFull = true;
            return true;
        }

        public void AddLiterals(ProjectConnection project)
        {
            Add(project.Url, ConnectionPurpose.Main, "url");
            Add(project.DirectUrl, ConnectionPurpose.Direct, "directUrl");
            Add(project.ShadowUrl, ConnectionPurpose.Shadow, "shadowDatabaseUrl");

            void Add(ImmutableArray<UrlReference> references, ConnectionPurpose purpose, string key)
            {
                foreach (var reference in references)
                {
                    if (reference.Value is { } value)
                    {
                        var origin = PrismaConfigFile.IsConfig(reference.Location.Path) ? ConnectionOrigin.PrismaConfig : ConnectionOrigin.PrismaSchema;
                        candidates.Add(ConnectionText.Literal(
                            new ConnectionCandidate { Origin = origin, Variable = key, Purpose = purpose, Location = reference.Location }, value));
                    }
                }
            }
        }

        private bool IsKnown(string name) => ConnectionVariables.IsKnown(name) || (!projects.IsEmpty && MayBeNamed(name));

        // Most names are those of no project.
        private bool MayBeNamed(string name) => _named.Contains(name) || ConnectionVariables.IsDirect(name) || ConnectionVariables.IsShadow(name);

        private ConnectionPurpose PurposeOf(string name)
        {
            foreach (var project in MayBeNamed(name) ? projects : [])
            {
                if (project.PurposeOf(name) is var purpose && purpose != ConnectionPurpose.Other)
                {
                    return purpose;
                }
            }

            return name == ConnectionVariables.Default && projects.IsEmpty ? ConnectionPurpose.Main : ConnectionPurpose.Other;
        }
    }
}
