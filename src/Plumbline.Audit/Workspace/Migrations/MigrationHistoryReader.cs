using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>Reads a migrations folder as Prisma does: every folder in it is a migration, whatever its name; files beside them are none.</summary>
internal sealed class MigrationHistoryReader(FileTree tree)
{
    private readonly OwnRunnerFinder _runners = new(tree);

    /// <summary>The names of migrations that are code.</summary>
    public static ImmutableArray<string> CodeNames { get; } = ["migration.ts", "migration.mts", "migration.js", "migration.mjs", "migration.cjs"];

    /// <summary>Whether something is there that is meant to be a migrations folder, whether it can be read or not.</summary>
    public bool Exists(string path) => tree.FolderExists(path) || tree.Find(path) is not null || tree.ProblemOf(path) is not null;

    /// <summary>Reads a migrations folder.</summary>
    /// <param name="path">Its path, relative to the workspace's root.</param>
    public MigrationHistory Read(string path)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var stray = ImmutableArray.CreateBuilder<WorkspaceFile>();
        foreach (var file in tree.Under(path))
        {
            var relative = path.Length == 0 ? file.Path : file.Path[(path.Length + 1)..];
            var slash = relative.IndexOf('/', StringComparison.Ordinal);
            if (slash >= 0)
            {
                names.Add(relative[..slash]);
            }

            if (relative.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && (slash < 0 || relative[(slash + 1)..] != MigrationHistory.ScriptName))
            {
                stray.Add(file);
            }
        }

        // A folder that cannot be read is a migration too.
        var problems = ProblemsOf(path);
        var closed = problems.Where(problem => problem.Location.Path != path && RelativePath.FolderOf(problem.Location.Path) == path)
            .DistinctBy(problem => problem.Location.Path).ToDictionary(problem => RelativePath.NameOf(problem.Location.Path), StringComparer.Ordinal);
        names.UnionWith(closed.Keys);

        var leftOut = FindUnlisted(path, names, closed);

        // Prisma 8 has a migration.ts beside its ops.json; otherwise such a folder belongs to a program of the team's own.
        ImmutableArray<WorkspaceFile> code =
        [
            .. names.Where(name => tree.Find(RelativePath.Join(path, name) + "/" + MigrationHistory.ScriptName) is null)
                .Select(name => CodeNames.Select(file => tree.Find(RelativePath.Join(path, name) + "/" + file)).FirstOrDefault(file => file is not null))
                .OfType<WorkspaceFile>(),
        ];
        names.ExceptWith(code.Select(file => RelativePath.NameOf(file.Folder)));
        ImmutableArray<MigrationFolder> migrations = [.. names.Select(name =>
        {
            var folder = RelativePath.Join(path, name);
            var script = tree.Find(folder + "/" + MigrationHistory.ScriptName);
            return new MigrationFolder(name, folder, script is null && leftOut.Contains(name) ? LeftOutScript(folder) : script) { FolderProblem = closed.GetValueOrDefault(name) };
        })];

        return new MigrationHistory(path, migrations, stray.ToImmutable(), ReadLock(path))
        {
            CodeMigrations = code,
            Problems = problems.RemoveAll(problem => closed.ContainsValue(problem)),
            LazyOwnRunner = new Lazy<OwnRunner?>(() => _runners.Find(path, migrations, code)),
        };
    }

    // To Prisma every folder is a migration, whatever git says about it, and it stops at those that hold nothing, which git does not know.
    private HashSet<string> FindUnlisted(string path, SortedSet<string> names, Dictionary<string, Diagnostic> closed)
    {
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in tree.EntriesOf(path, name => name != FileListing.GitEntry && !names.Contains(name)))
        {
            var folder = RelativePath.Join(path, entry.Name);
            if (entry.Kind == FileKind.Folder && tree.IsLeftOut(folder))
            {
                if (!tree.IsExcluded(folder + "/" + MigrationHistory.ScriptName))
                {
                    leftOut.Add(entry.Name);
                }
            }
            else if (entry.Kind == FileKind.Folder && tree.HoldsNothing(folder))
            {
                names.Add(entry.Name);
            }
            else if (entry.IsLoop)
            {
                AddClosed(entry.Name, "It is a link that leads back to itself.", "Remove the link, or replace it with a folder.");
            }
            else if (entry.Kind == FileKind.Missing && entry.Name.Contains('\uFFFD') && tree.Find(folder) is null)
            {
                AddClosed(entry.Name, FileReader.NameMessage, "Rename it.");
            }
        }

        names.UnionWith(leftOut);
        return leftOut;

        void AddClosed(string name, string message, string hint)
        {
            names.Add(name);
            closed.Add(name, new Diagnostic(DiagnosticSeverity.Error, FileReader.UnreadableCode, message, SourceLocation.StartOf(RelativePath.Join(path, name)), hint));
        }
    }

    private WorkspaceFile? LeftOutScript(string folder) =>
        tree.EntriesOf(folder, static name => name == MigrationHistory.ScriptName).Any() ? tree.Include(folder + "/" + MigrationHistory.ScriptName) : null;

    private ImmutableArray<Diagnostic> ProblemsOf(string path)
    {
        if (tree.ProblemOf(path) is { } problem)
        {
            return [problem with { Location = SourceLocation.StartOf(path) }];
        }

        return tree.Find(path) is { } file
            ? [file.Problem ?? new Diagnostic(DiagnosticSeverity.Error, FileReader.KindCode, "It is a file where the folder of migrations was expected.", SourceLocation.StartOf(path))]
            : [.. tree.Problems.Where(inner => RelativePath.IsWithin(inner.Location.Path, path))];
    }

    private MigrationLock? ReadLock(string path)
    {
        var name = RelativePath.Join(path, MigrationHistory.LockName);
        if ((tree.Find(name) ?? tree.FindLeftOut(name)) is not { } file)
        {
            return null;
        }

        if (file.Text is { } text)
        {
            for (var line = 1; line <= text.LineCount; line++)
            {
                var content = text.Line(line);
                var equals = content.IndexOf('=');
                if (equals > 0 && content[..equals].Trim().SequenceEqual("provider"))
                {
                    var value = content[(equals + 1)..].Trim().Trim("\"'");
                    return new MigrationLock(file, value.ToString(), new SourceLocation(file.Path, line, 1, line, content.Length + 1));
                }
            }
        }

        return new MigrationLock(file, null, SourceLocation.StartOf(file.Path));
    }
}
