using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Projects;
using Plumbline.TypeScript.Configuration;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>Finds the migrations folder of each schema: the one that is named, the one where Prisma looks, or the nearest that has the shape of one.</summary>
internal sealed class HistoryFinder
{
    private readonly FileTree _tree;
    private readonly MigrationHistoryReader _reader;
    private readonly ImmutableArray<PrismaConfigFile> _configs;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _byShape;

    public HistoryFinder(FileTree tree, ImmutableArray<PrismaConfigFile> configs)
    {
        _tree = tree;
        _reader = new MigrationHistoryReader(tree);
        _configs = configs;
        _byShape = FindByShape(tree);
    }

    /// <summary>The folders of the shape of a migrations folder that no schema has claimed yet.</summary>
    public IEnumerable<string> Unclaimed => _byShape.Where(path => !_taken.Contains(path));

    /// <summary>Reads the folder that the configuration names.</summary>
    public MigrationHistory Claim(string path)
    {
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
        foreach (var path in candidates)
        {
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
        var nearest = Unclaimed.Where(path => RelativePath.IsWithin(path, packageFolder) && Fits(path, schema.Datasource?.Provider))
            .MinBy(path => (RelativePath.Distance(folder, path), path), Comparer<(int, string)>.Create((left, right) =>
                left.Item1 != right.Item1 ? left.Item1.CompareTo(right.Item1) : string.CompareOrdinal(left.Item2, right.Item2)));
        return nearest is null ? null : Claim(nearest);
    }

    /// <summary>The <c>prisma.config.ts</c> that governs a schema; null where there is none.</summary>
    public PrismaConfigFile? ConfigOf(SchemaCandidate schema) =>
        _configs.Where(config => Governs(config, schema)).OrderByDescending(config => config.Folder.Length).FirstOrDefault();

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

        yield return schema.DefaultMigrations;
        if (schema.IsFolder)
        {
            yield return RelativePath.Join(schema.Path, "migrations");

            // Until version 6.6 they lay beside the folder of a schema in several files.
            yield return RelativePath.Join(RelativePath.FolderOf(schema.Path), "migrations");
        }
    }

    private static bool Governs(PrismaConfigFile config, SchemaCandidate schema)
    {
        var named = config.Schema.Select(written => RelativePath.Resolve(config.Folder, written)).OfType<string>().ToList();
        return named.Count > 0 ? named.Contains(schema.Path) : RelativePath.IsWithin(schema.Path, config.Folder);
    }

    private bool Fits(string path, string? provider)
    {
        var locked = _reader.Read(path).Lock?.Provider;
        return locked is null || provider is null || Providers.AreSame(locked, provider);
    }

    // A folder of folders that each hold a migration.sql. Drizzle's are of that shape too, but keep a snapshot beside each.
    private static List<string> FindByShape(FileTree tree)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in tree.Files)
        {
            if (file.Name == MigrationHistory.ScriptName && file.Folder.Length > 0 && tree.Find(file.Folder + "/snapshot.json") is null)
            {
                found.Add(RelativePath.FolderOf(file.Folder));
            }
        }

        return [.. found.Where(path => !found.Any(outer => outer != path && RelativePath.IsWithin(path, outer)))];
    }
}
