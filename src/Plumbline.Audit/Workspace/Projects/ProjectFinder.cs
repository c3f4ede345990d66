using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Model;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Puts schemas and migrations together to projects.</summary>
internal sealed class ProjectFinder
{
    // Folders that say what is in them, not whose it is.
    private static readonly ImmutableArray<string> GenericFolders = ["prisma", "db", "database", "schema", "schemas", "src", "migrations", "packages", "apps"];

    private readonly FileTree _tree;
    private readonly AuditConfiguration _configuration;
    private readonly Dictionary<string, PackageManifest> _packages;
    private readonly ImmutableArray<PrismaConfigFile> _configs;
    private readonly ImmutableArray<PrismaConfigFile> _prisma8;
    private readonly SchemaFinder _schemas;
    private readonly SchemaUses _uses;
    private readonly List<UnusedSchema> _unused = [];
    private readonly List<(string Package, string Path, string Why, SourceLocation Location)> _unsupported = [];
    private readonly HistoryFinder _histories;
    private readonly PrismaVersionFinder _versions;
    private readonly DefaultSchemaFinder _defaultSchemas;

    public ProjectFinder(FileTree tree, AuditConfiguration configuration, ImmutableArray<PackageManifest> packages)
    {
        _tree = tree;
        _configuration = configuration;
        _packages = packages.ToDictionary(package => package.File.Folder, StringComparer.Ordinal);
        _configs = [.. ConfigFiles(tree).Select(file => file.Text).OfType<SourceText>().Select(PrismaConfigFile.Read)];
        _prisma8 = [.. _configs.Where(config => config.Prisma8 is not null)];
        _versions = new PrismaVersionFinder(tree);
        _schemas = new SchemaFinder(tree, packages, _configs);
        _histories = new HistoryFinder(tree, _configs, _versions.Find);
        _uses = new SchemaUses(tree);
        _defaultSchemas = new DefaultSchemaFinder(tree);
    }

    /// <summary>All projects, those for other providers among them, sorted by path.</summary>
    /// <exception cref="InputException">The configuration names something that is not there.</exception>
    public ImmutableArray<Project> Find() => Named(_configuration.Projects.IsEmpty ? Found() : Configured());

    /// <summary>The budgets that configuration files exceed.</summary>
    public IEnumerable<Diagnostic> ConfigProblems => _configs.Select(config => config.Exceeded).Append(_uses.Exceeded).OfType<Diagnostic>();

    /// <summary>That there are more projects than are read; null where all are. Known after <see cref="Find"/>.</summary>
    public Diagnostic? TooMany { get; private set; }

    private static IEnumerable<WorkspaceFile> ConfigFiles(FileTree tree) => tree.Files.Where(file => PrismaConfigFile.IsConfig(file.Path));

    /// <summary>The schemas that are no projects, sorted by path; known after <see cref="Find"/>.</summary>
    public ImmutableArray<UnusedSchema> UnusedSchemas => [.. _unused.DistinctBy(schema => schema.Path).OrderBy(schema => schema.Path, StringComparer.Ordinal)];

    /// <summary>The projects of Prisma 8, one for each package, sorted by path; known after <see cref="Find"/>.</summary>
    public ImmutableArray<UnsupportedProject> UnsupportedProjects =>
    [
        .. _unsupported.GroupBy(found => found.Package, StringComparer.Ordinal)
            .Select(group => group.OrderBy(found => found.Path, StringComparer.Ordinal).ToList())
            .Select(found => new UnsupportedProject(found[0].Path, found[0].Why, found[0].Location, [.. found.Select(file => file.Path)]))
            .OrderBy(project => project.Path, StringComparer.Ordinal),
    ];

    private List<Project> Found()
    {
        var schemas = _schemas.Find(IsNone);
        if (schemas.Length > ReadingBudget.Projects)
        {
            LeaveOut(schemas[ReadingBudget.Projects].Path);
            schemas = schemas[..ReadingBudget.Projects];
        }

        var projects = new List<Project>();

        // First every schema takes what is surely its own, so that none takes another's for want of one.
        var pending = new List<(int Index, SchemaCandidate Schema)>();
        foreach (var schema in schemas)
        {
            var history = _histories.ClaimExpected(schema, out var expected);
            if (history is null)
            {
                pending.Add((projects.Count, schema));
            }

            projects.Add(Project(schema, history, expected));
        }

        foreach (var (index, schema) in pending)
        {
            var packageFolder = schemas.Length == 1 ? "" : projects[index].Package?.File.Folder ?? RelativePath.FolderOf(schema.Path);
            if (_histories.ClaimByShape(schema, packageFolder) is { } history)
            {
                projects[index] = Project(schema, history, history.Path);
            }
        }

        for (var i = projects.Count - 1; i >= 0 && schemas.Length > 1; i--)
        {
            if (!schemas[i].IsNamed && projects[i].History is not { Migrations.IsEmpty: false } && _uses.WhyUnused(schemas[i], projects[i].Package) is { } why)
            {
                _unused.Add(new UnusedSchema(schemas[i].Path, why, SourceLocation.StartOf(schemas[i].Files[0].Path)));
                projects.RemoveAt(i);
            }
        }

        MarkCopies(projects, schemas);

        // Migrations of a package that has no schema are a project of their own; beside a schema they are an old copy or a draft.
        var occupied = new HashSet<string>(StringComparer.Ordinal);
        projects.ForEach(Occupy);
        foreach (var path in _histories.Unclaimed.ToList())
        {
            if (occupied.Contains(PackageOf(path)?.File.Folder ?? ""))
            {
                continue;
            }

            if (projects.Count >= ReadingBudget.Projects)
            {
                LeaveOut(path);
                break;
            }

            projects.Add(Project(null, _histories.Claim(path), path));
            Occupy(projects[^1]);
        }

        return projects;

        // The folders that a project lies in.
        void Occupy(Project project)
        {
            var folder = project.SchemaPath ?? project.ExpectedMigrationsPath;
            while (occupied.Add(folder) && folder.Length > 0)
            {
                folder = RelativePath.FolderOf(folder);
            }
        }
    }

    private void LeaveOut(string path) => TooMany ??= ReadingBudget.Exceeded(
        string.Create(CultureInfo.InvariantCulture, $"The repository has more than {ReadingBudget.Projects:N0} projects"),
        $"Those from {path} on are not read.",
        SourceLocation.StartOf(path));

    // Another package's copy, for its own client: what is said of a schema is said once.
    private static void MarkCopies(List<Project> projects, ImmutableArray<SchemaCandidate> schemas)
    {
        if (projects.Count < 2 || projects.TrueForAll(project => project.History is { Migrations.IsEmpty: false }))
            return;

        var named = schemas.Where(schema => schema.IsNamed).Select(schema => schema.Path).ToHashSet(StringComparer.Ordinal);
        var texts = projects.Select(TextOf).ToList();
        var same = Enumerable.Range(0, projects.Count).ToLookup(i => texts[i], StringComparer.Ordinal);
        for (var i = 0; i < projects.Count; i++)
        {
            var project = projects[i];
            if (texts[i] is null || project is not { SchemaPath: { } path, History: not { Migrations.IsEmpty: false } } || named.Contains(path))
                continue;

            // Of several without migrations, the first is the original.
            var original = same[texts[i]].Where(index => index < i || projects[index].History is { Migrations.IsEmpty: false }).Select(index => projects[index])
                .FirstOrDefault(other => other.CopyOf is null && other.SchemaPath != path);
            if (original is not null)
                projects[i] = project with { CopyOf = original.SchemaPath };
        }
    }

    // What two schemas have in common that are the same but for white space, as a hash; null where there is no text.
    private static string? TextOf(Project project)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hasText = false;
        foreach (var file in project.SchemaFiles)
        {
            var text = string.Concat((file.Text?.Text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            hasText |= text.Length > 0;
            hash.AppendData(MemoryMarshal.AsBytes($"{file.Name}/{text.Length}/{text}".AsSpan()));
        }

        return hasText ? Convert.ToHexString(hash.GetHashAndReset()) : null;
    }

    // A contract of Prisma 8 is in another language; a schema among migrations belongs to one of them.
    private bool IsNone(WorkspaceFile file)
    {
        var package = PackageOf(file.Path);
        var config = _prisma8.Where(config => RelativePath.IsWithin(file.Path, config.Folder)).MaxBy(config => config.Folder.Length);
        if (Prisma8Marks.Find(file, _schemas.DatasourceOf(file) is not null, package, config) is var (why, location))
        {
            _unsupported.Add((package?.File.Folder ?? "", file.Path, why, location));
            return true;
        }

        if (!_histories.IsInMigrations(file.Path))
        {
            return false;
        }

        _unused.Add(new UnusedSchema(file.Path, "It is among migrations and is not one of the project's schemas.", SourceLocation.StartOf(file.Path)));
        return true;
    }

    private List<Project> Configured()
    {
        var projects = new List<Project>();
        var errors = new ConfigurationErrors();
        foreach (var configured in _configuration.Projects)
        {
            if (projects.Count >= ReadingBudget.Projects)
            {
                LeaveOut(configured.Schema?.Value ?? configured.Migrations?.Value ?? "");
                break;
            }

            var schemaPath = configured.Schema is { } schemaText ? PathOf(schemaText, errors) : null;
            var migrationsPath = configured.Migrations is { } migrationsText ? PathOf(migrationsText, errors) : null;

            // Only a part of the repository is looked at, and the project lies outside of it.
            if (schemaPath is null && migrationsPath is null)
            {
                continue;
            }

            var schema = schemaPath is null ? null : _schemas.At(schemaPath);
            if (schema is null && configured.Schema is not null && schemaPath is not null)
            {
                AddMissing(errors, configured.Schema, "This schema does not exist.");
            }

            if (migrationsPath is not null && !_histories.Exists(migrationsPath))
            {
                AddMissing(errors, configured.Migrations!, "This folder does not exist.");
                continue;
            }

            if (schema is null && migrationsPath is null)
            {
                continue;
            }

            MigrationHistory? history = null;
            string expected;
            if (migrationsPath is not null)
            {
                history = _histories.Claim(migrationsPath);
                expected = migrationsPath;
            }
            else if (configured.Migrations is null && schema is not null && schema.Files[0].Path.EndsWith(".prisma", StringComparison.Ordinal))
            {
                history = _histories.ClaimExpected(schema, out expected);
            }
            else
            {
                expected = RelativePath.Join(RelativePath.FolderOf(schemaPath ?? ""), "migrations");
            }

            projects.Add(Project(schema, history, expected) with
            {
                Name = configured.Name ?? "",
            });
        }

        errors.ThrowIfAny();
        return projects;
    }

    private Project Project(SchemaCandidate? schema, MigrationHistory? history, string expected)
    {
        var path = schema?.Path ?? history!.Path;
        var folder = schema is { IsFolder: true } ? path : RelativePath.FolderOf(path);
        var config = schema is null ? null : _histories.ConfigOf(schema);

        // Prisma heeds them from 6.13 on.
        var version = new Lazy<PrismaVersion>(() => _versions.Find(folder));
        var external = config is { ExternalTables.IsEmpty: false } or { ExternalEnums.IsEmpty: false } or { InitShadowDb: not null } or { InitShadowDbFile: not null } &&
            version.Value is { Major: > 6 } or { Major: 6, Minor: >= 13 } ? config : null;
        var provider = schema?.Datasource?.Provider ?? (schema?.Datasource is null ? history?.Lock?.Provider : null);
        return new Project
        {
            Name = "",
            SchemaPath = schema?.Path,
            IsSchemaFolder = schema?.IsFolder ?? false,
            SchemaFiles = schema?.Files ?? [],
            History = history,
            ExpectedMigrationsPath = expected,
            Provider = provider,
            ProviderLocation = schema?.Datasource is { Provider: not null } datasource
                ? schema.DatasourceFile!.Text!.LocationOf(datasource.Span)
                : provider is null ? null : history?.Lock?.Location,
            LazyDefaultSchema = new Lazy<DefaultSchema>(() => _defaultSchemas.Find(schema, config, history, folder)),
            LazyPrismaVersion = version,
            PrismaConfig = config is null ? null : _tree.Find(config.Path),
            ExternalTables = [.. (external?.ExternalTables ?? []).Select(External)],
            ExternalEnums = [.. (external?.ExternalEnums ?? []).Select(External)],
            InitShadowDb = external is null ? null : ShadowScript(external),
            Package = PackageOf(path),
        };
    }

    private static ExternalObject External(ScriptValue value) => value.Text.Split('.', 2) is [var schema, var name]
        ? new ExternalObject(new ObjectName(schema, name), value.Location)
        : new ExternalObject(new ObjectName("public", value.Text), value.Location);

    private SourceText? ShadowScript(PrismaConfigFile config)
    {
        if (config.InitShadowDb is { } script)
        {
            return new SourceText(config.Path, script.Text);
        }

        return config.InitShadowDbFile is { } written && RelativePath.Resolve(config.Folder, written) is { } path ? _tree.Find(path)?.Text : null;
    }

    private PackageManifest? PackageOf(string path)
    {
        var folder = RelativePath.FolderOf(path);
        for (var inside = path; _packages.Count > 0; inside = RelativePath.FolderOf(inside))
        {
            if (_packages.TryGetValue(inside, out var package))
            {
                return package;
            }

            if (inside.Length == 0)
            {
                break;
            }
        }

        return _tree.FindUpward("package.json", folder).FirstOrDefault() is { } above ? PackageManifestReader.Read(above) : null;
    }

    // A path of the configuration, made relative to the folder that is looked at; null where it lies outside of it. In the repository it must be.
    private string? PathOf(ConfiguredText written, ConfigurationErrors errors)
    {
        var full = Path.GetFullPath(Path.Combine(_configuration.Folder ?? _tree.Root!, written.Value));
        if (!RealPath.IsWithin(full, _tree.RepositoryRoot!))
        {
            errors.Add(written.Location, $"\"{written.Value}\" is outside the repository.", "Name a path in the repository.", code: "missing-source");
            return null;
        }

        var relative = RelativePath.Between(_tree.Root!, full);
        return relative == "." ? "" : relative.StartsWith("../", StringComparison.Ordinal) || relative == ".." ? null : relative;
    }

    private static void AddMissing(ConfigurationErrors errors, ConfiguredText path, string message) =>
        errors.Add(path.Location, $"\"{path.Value}\": {message}", code: "missing-source");

    private static ImmutableArray<Project> Named(List<Project> projects)
    {
        var sorted = projects.OrderBy(project => project.SchemaPath ?? project.ExpectedMigrationsPath, StringComparer.Ordinal).ToList();
        var names = sorted.Select(project => project.Name.Length > 0 ? project.Name : ShortName(project)).ToList();
        var counts = names.CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        for (var i = 0; i < sorted.Count; i++)
        {
            var isShared = counts[names[i]] > 1;
            sorted[i] = sorted[i] with { Name = isShared && sorted[i].Name.Length == 0 ? sorted[i].SchemaPath ?? sorted[i].ExpectedMigrationsPath : names[i] };
        }

        return [.. sorted];
    }

    // The package's folder says whose the schema is; the repository's own package has a name only.
    private static string ShortName(Project project)
    {
        if (project.Package is { File.Folder: { Length: > 0 } packageFolder } && !packageFolder.StartsWith("..", StringComparison.Ordinal))
        {
            return RelativePath.NameOf(packageFolder);
        }

        for (var folder = RelativePath.FolderOf(project.SchemaPath ?? project.ExpectedMigrationsPath); folder.Length > 0; folder = RelativePath.FolderOf(folder))
        {
            if (RelativePath.NameOf(folder) is var name && !GenericFolders.Contains(name))
            {
                return name;
            }
        }

        return project.Package?.Name is { Length: > 0 } package ? package[(package.LastIndexOf('/') + 1)..] : "main";
    }
}
