using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.Schema.Text;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>Finds the migrations folder of each schema: the one that is named, the one where Prisma looks, or the nearest that has the shape of one.</summary>
internal sealed class HistoryFinder
{
    private readonly FileTree _tree;
    private readonly MigrationHistoryReader _reader;
    private readonly ImmutableArray<PrismaConfigFile> _configs;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _locked = new(StringComparer.Ordinal);
    private readonly Func<string, PrismaVersion> _versionOf;
    private readonly SortedSet<string> _byShape;

    public HistoryFinder(FileTree tree, ImmutableArray<PrismaConfigFile> configs, Func<string, PrismaVersion> versionOf)
    {
        _versionOf = versionOf;
        _tree = tree;
        _reader = new MigrationHistoryReader(tree);
        _configs = configs;
        _byShape = FindByShape(tree);
    }

    /// <summary>The folders of the shape of a migrations folder that no schema has claimed yet.</summary>
    public IEnumerable<string> Unclaimed => _byShape.Where(path => !_taken.Contains(path));

    private IEnumerable<string> Nearby => Unclaimed.Take(ReadingBudget.Projects);

    /// <summary>Reads the folder that the configuration names.</summary>
    public MigrationHistory Claim(string path)
    {
        path = _tree.Resolve(path);
        _taken.Add(path);
        return _reader.Read(path);
    }

    /// <summary>Whether a folder is there at all.</summary>
    public bool Exists(string path) => _reader.Exists(path);

    /// <summary>The migrations that a schema names or that lie where Prisma looks for them; null where there are none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="expected">Where they are, or would be.</param>
    public MigrationHistory? ClaimExpected(SchemaCandidate schema, out string expected)
    {
        var candidates = Candidates(schema).Distinct(StringComparer.Ordinal).ToList();
        expected = candidates[0];
        foreach (var candidate in candidates)
        {
            var path = _tree.Resolve(candidate);
            if (!_taken.Contains(path) && _reader.Exists(path))
            {
                expected = path;
                return Claim(path);
            }
        }

        return null;
    }

    /// <summary>The nearest unclaimed folder of the right shape in the same package; null where there is none.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="packageFolder">The folder of its package.</param>
    public MigrationHistory? ClaimByShape(SchemaCandidate schema, string packageFolder)
    {
        var folder = RelativePath.FolderOf(schema.Path);
        var nearest = Nearby.Where(path => RelativePath.IsWithin(path, packageFolder) && Fits(path, schema.Datasource?.Provider))
            .MinBy(path => (RelativePath.Distance(folder, path), path), Comparer<(int, string)>.Create((left, right) =>
                left.Item1 != right.Item1 ? left.Item1.CompareTo(right.Item1) : string.CompareOrdinal(left.Item2, right.Item2)));
        return nearest is null ? null : Claim(nearest) with { IsWherePrismaLooks = false };
    }

    /// <summary>The <c>prisma.config.ts</c> that governs a schema; null where there is none.</summary>
    public PrismaConfigFile? ConfigOf(SchemaCandidate schema) =>
        _configs.Where(config => Governs(config, schema)).OrderByDescending(config => config.Folder.Length).FirstOrDefault();

    /// <summary>Whether a file lies in a folder of migrations.</summary>
    public bool IsInMigrations(string path)
    {
        if (IsWithinOne(path, _byShape))
        {
            return true;
        }

        for (var folder = RelativePath.FolderOf(path); folder.Length > 0; folder = RelativePath.FolderOf(folder))
        {
            if (_tree.Find(RelativePath.Join(folder, MigrationHistory.LockName)) is not null)
            {
                return true;
            }
        }

        return false;
    }

    // What is named, then where the project's version of Prisma looks, then where another version would.
    private IEnumerable<string> Candidates(SchemaCandidate schema)
    {
        foreach (var config in _configs.Where(config => Governs(config, schema)).OrderByDescending(config => config.Folder.Length))
        {
            foreach (var written in config.Migrations)
            {
                if (RelativePath.Resolve(config.Folder, written) is { } path)
                {
                    yield return path;
                }
            }
        }

        var besideDatasource = schema.DefaultMigrations;
        if (!schema.IsFolder)
        {
            yield return besideDatasource;
            yield break;
        }

        var inside = RelativePath.Join(schema.Path, "migrations");
        var beside = RelativePath.Join(RelativePath.FolderOf(schema.Path), "migrations");
        string[] order = _versionOf(schema.Path) switch
        {
            { Major: < 6 } or { Major: 6, Minor: < 6 } => [beside, besideDatasource, inside],
            { Major: 6 } => [besideDatasource, inside, beside],
            _ => [inside, besideDatasource, beside],
        };
        foreach (var path in order)
        {
            yield return path;
        }
    }

    private static bool Governs(PrismaConfigFile config, SchemaCandidate schema)
    {
        var named = config.Schema.Select(written => RelativePath.Resolve(config.Folder, written)).OfType<string>().ToList();
        return named.Count > 0 ? named.Contains(schema.Path) : RelativePath.IsWithin(schema.Path, config.Folder);
    }

    private bool Fits(string path, string? provider)
    {
        if (!_locked.TryGetValue(path, out var locked))
        {
            locked = _reader.Read(path).Lock?.Provider;
            _locked.Add(path, locked);
        }

        return locked is null || provider is null || Providers.AreSame(locked, provider);
    }

    // A folder of folders that each hold a migration.sql. Drizzle's are of that shape too, but keep a snapshot beside each.
    private static SortedSet<string> FindByShape(FileTree tree)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in tree.Files)
        {
            if (file.Name == MigrationHistory.ScriptName && file.Folder.Length > 0 && tree.Find(file.Folder + "/snapshot.json") is null)
            {
                found.Add(RelativePath.FolderOf(file.Folder));
            }
        }

        return new SortedSet<string>(found.Where(path => (path.Length == 0 || !IsWithinOne(RelativePath.FolderOf(path), found)) && HasShape(tree, path)), StringComparer.Ordinal);
    }

    private static bool IsWithinOne(string path, SortedSet<string> folders)
    {
        for (var folder = path; folders.Count > 0; folder = RelativePath.FolderOf(folder))
        {
            if (folders.Contains(folder))
            {
                return true;
            }

            if (folder.Length == 0)
            {
                break;
            }
        }

        return false;
    }

    // Prisma's lock file, or folders that begin with a number and an underscore as Prisma's do, most of them with a script.
    private static bool HasShape(FileTree tree, string path)
    {
        if (tree.Find(RelativePath.Join(path, MigrationHistory.LockName)) is not null)
        {
            return true;
        }

        var folders = tree.Under(path).Select(file => file.Path[(path.Length + 1)..].Split('/')).Where(parts => parts.Length > 1)
            .GroupBy(parts => parts[0], StringComparer.Ordinal)
            .Select(group => (Name: group.Key, HasScript: group.Any(parts => parts.Length == 2 && (parts[1] == MigrationHistory.ScriptName || MigrationHistoryReader.CodeNames.Contains(parts[1]))))).ToList();
        var numbered = folders.Count(folder => folder.HasScript && folder.Name.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and > 0 && folder.Name[end] == '_');
        return numbered * 2 > folders.Count;
    }
}
