using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Packages;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>Finds the Prisma schemas of a workspace: those that something names, then those that look like one.</summary>
internal sealed class SchemaFinder
{
    private const string Extension = ".prisma";
    private const string UsualName = "schema.prisma";

    private readonly FileTree _tree;
    private readonly ImmutableArray<PackageManifest> _packages;
    private readonly ImmutableArray<PrismaConfigFile> _configs;
    private readonly Dictionary<string, DatasourceScanner.Datasource?> _datasources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<SchemaCandidate> _found = [];

    public SchemaFinder(FileTree tree, ImmutableArray<PackageManifest> packages, ImmutableArray<PrismaConfigFile> configs)
    {
        _tree = tree;
        _packages = packages;
        _configs = configs;
    }

    /// <summary>All schemas, sorted by path.</summary>
    /// <param name="isNone">Whether a file that nothing names is surely no schema of a project.</param>
    public ImmutableArray<SchemaCandidate> Find(Func<WorkspaceFile, bool> isNone)
    {
        foreach (var path in NamedPaths())
        {
            Add(path);
        }

        TakeLeftOut();
        var remaining = _tree.Files.Where(file => IsSchemaFile(file) && !_taken.Contains(file.Path) && !IsGeneratedCopy(file) && !isNone(file)).ToList();
        var parts = PartsOf(remaining);
        foreach (var file in remaining.Where(file => DatasourceOf(file) is not null))
        {
            AddByShape(file, parts[file]);
        }

        AddWithoutDatasource(remaining);
        return [.. _found.OrderBy(candidate => candidate.Path, StringComparer.Ordinal)];
    }

    /// <summary>The schema at a path that someone named; null where there is none.</summary>
    public SchemaCandidate? At(string path)
    {
        path = _tree.Resolve(path);
        if ((_tree.Find(path) ?? _tree.FindLeftOut(path)) is { } file)
        {
            return Candidate(path, isFolder: false, [file]);
        }

        var files = WithUnlisted(path, [.. _tree.Under(path).Where(IsSchemaFile)], static _ => true);
        if (files.IsEmpty && _tree.ProblemOf(path) is { } problem)
        {
            // What is named and cannot be read is reported, as a file that cannot be read is.
            var unread = new FileContent(null, problem with { Severity = DiagnosticSeverity.Error, Location = SourceLocation.StartOf(path) });
            return Candidate(path, isFolder: true, [new WorkspaceFile(path, () => unread)]);
        }

        return files.IsEmpty ? null : Candidate(path, isFolder: true, files);
    }

    // What prisma.config.ts, package.json and the scripts name, in the order in which Prisma heeds them.
    private IEnumerable<string> NamedPaths()
    {
        foreach (var config in _configs)
        {
            foreach (var written in config.Schema)
            {
                if (RelativePath.Resolve(config.Folder, written) is { } path)
                {
                    yield return path;
                }
            }
        }

        foreach (var package in _packages)
        {
            if (package.PrismaSchema is { } setting && RelativePath.Resolve(package.File.Folder, setting.Value) is { } path)
            {
                yield return path;
            }

            foreach (var script in package.Scripts)
            {
                foreach (var written in SchemaArguments(script.Command))
                {
                    if (RelativePath.Resolve(package.File.Folder, written) is { } named)
                    {
                        yield return named;
                    }
                }
            }
        }
    }

    private static IEnumerable<string> SchemaArguments(string command)
    {
        const string option = "--schema";
        if (!command.Contains("prisma", StringComparison.Ordinal))
        {
            yield break;
        }

        for (var i = command.IndexOf(option, StringComparison.Ordinal); i >= 0; i = command.IndexOf(option, i + 1, StringComparison.Ordinal))
        {
            var rest = command[(i + option.Length)..];
            if (rest.Length == 0 || rest[0] is not ('=' or ' '))
            {
                continue;
            }

            rest = rest.TrimStart('=', ' ');
            var value = rest.Length > 0 && rest[0] is '"' or '\'' ? rest[1..].Split(rest[0])[0] : rest.Split(' ', ';', '&', '|')[0];
            if (value.Length > 0)
            {
                yield return value;
            }
        }
    }

    // Where Prisma looks if nothing names a schema, it reads the file, whether git ignores it or not.
    private void TakeLeftOut()
    {
        foreach (var folder in _packages.Select(package => package.File.Folder).Append("").Distinct(StringComparer.Ordinal))
        {
            var file = _tree.FindLeftOut(RelativePath.Join(folder, UsualName)) ?? _tree.FindLeftOut(RelativePath.Join(folder, "prisma/" + UsualName));
            if (file is not null && !_taken.Contains(file.Path))
            {
                Take(Candidate(file.Path, isFolder: false, [file]));
            }
        }
    }

    private void Add(string path)
    {
        if (At(path) is not { } candidate || candidate.Files.Any(file => _taken.Contains(file.Path)))
        {
            return;
        }

        // A script may name any file; only what has a schema's name is one.
        if (!candidate.IsFolder && !IsSchemaFile(candidate.Files[0]))
        {
            return;
        }

        Take(candidate with { IsNamed = true });
    }

    // The files without a datasource beside and below one that has it are parts of the same schema, unless another one is nearer.
    private ILookup<WorkspaceFile, WorkspaceFile> PartsOf(List<WorkspaceFile> all)
    {
        var ofFolder = all.Where(file => DatasourceOf(file) is not null).GroupBy(file => file.Folder, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.OrderByDescending(file => file.Name == UsualName).ThenBy(file => file.Path, StringComparer.Ordinal).First(), StringComparer.Ordinal);
        return all.Where(file => DatasourceOf(file) is null).Select(part => (Part: part, Nearest: Nearest(part.Folder))).Where(pair => pair.Nearest is not null)
            .ToLookup(pair => pair.Nearest!, pair => pair.Part);

        WorkspaceFile? Nearest(string folder)
        {
            for (; ; folder = RelativePath.FolderOf(folder))
            {
                if (ofFolder.TryGetValue(folder, out var file) || folder.Length == 0)
                {
                    return file;
                }
            }
        }
    }

    private void AddByShape(WorkspaceFile file, IEnumerable<WorkspaceFile> nearby)
    {
        if (_taken.Contains(file.Path))
        {
            return;
        }

        var parts = nearby.Where(other => !_taken.Contains(other.Path)).ToList();
        Take(parts.Count == 0
            ? Candidate(file.Path, isFolder: false, [file])
            : Candidate(
                file.Folder,
                isFolder: true,
                WithUnlisted(file.Folder, [.. parts.Append(file).OrderBy(part => part.Path, StringComparer.Ordinal)], part => DatasourceOf(part) is null)));
    }

    // Prisma reads every file of a schema's folder, whether git lists it or not.
    private ImmutableArray<WorkspaceFile> WithUnlisted(string folder, ImmutableArray<WorkspaceFile> files, Func<WorkspaceFile, bool> isPart)
    {
        var more = _tree.LeftOutUnder(folder, Extension, out var isCut).Select(_tree.Include).Where(isPart).ToList();

        // Git lists no pipe, no socket and no device.
        foreach (var inner in files.IsEmpty && !_tree.FolderExists(folder) ? [] : files.Select(file => file.Folder).Append(folder).Distinct(StringComparer.Ordinal))
        {
            more.AddRange(_tree.EntriesOf(inner, name => name.EndsWith(Extension, StringComparison.Ordinal) && _tree.Find(RelativePath.Join(inner, name)) is null)
                .Where(entry => entry.Kind == FileKind.Other || (entry.Kind == FileKind.Missing && entry.Name.Contains('\uFFFD')))
                .Select(entry => _tree.Include(RelativePath.Join(inner, entry.Name))));
        }

        if (isCut)
        {
            var unread = FileReader.Unreadable(folder, "The folder has too many files that git ignores for all of them to be looked at.");
            more.Add(new WorkspaceFile(folder, () => unread));
        }

        return more.Count == 0 ? files : [.. files.Concat(more).DistinctBy(file => file.Path, StringComparer.Ordinal).OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    // A schema whose datasource is missing or unreadable must still be told about, so it is a project where it has the usual name or stands alone.
    private void AddWithoutDatasource(List<WorkspaceFile> remaining)
    {
        var left = remaining.Where(file => !_taken.Contains(file.Path)).ToList();
        foreach (var file in left.Where(file => file.Name == UsualName || _found.Count == 0))
        {
            Take(Candidate(file.Path, isFolder: false, [file]));
        }
    }

    private void Take(SchemaCandidate candidate)
    {
        foreach (var file in candidate.Files)
        {
            _taken.Add(file.Path);
        }

        _found.Add(candidate);
    }

    private SchemaCandidate Candidate(string path, bool isFolder, ImmutableArray<WorkspaceFile> files)
    {
        var datasourceFile = files.FirstOrDefault(file => DatasourceOf(file) is not null);
        return new SchemaCandidate
        {
            Path = path,
            IsFolder = isFolder,
            Files = files,
            DatasourceFile = datasourceFile,
            Datasource = datasourceFile is null ? null : DatasourceOf(datasourceFile),
        };
    }

    /// <summary>The datasource of a file; null where it has none.</summary>
    public DatasourceScanner.Datasource? DatasourceOf(WorkspaceFile file)
    {
        if (!_datasources.TryGetValue(file.Path, out var datasource))
        {
            datasource = file.Text is { } text ? DatasourceScanner.Find(text.Text) : null;
            _datasources.Add(file.Path, datasource);
        }

        return datasource;
    }

    /// <summary>Whether a file has the name of a schema.</summary>
    public static bool IsSchemaFile(WorkspaceFile file) => file.Path.EndsWith(Extension, StringComparison.Ordinal);

    // Prisma's client generator writes a copy of the schema beside the client.
    private bool IsGeneratedCopy(WorkspaceFile file) =>
        _tree.Find(RelativePath.Join(file.Folder, "index.d.ts")) is not null && _tree.HasFolder(RelativePath.Join(file.Folder, "runtime"));
}
