using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>The code of a repository, looked at for a program that runs a history. Tests are left out: they run migrations on databases of their own.</summary>
/// <param name="tree">The files.</param>
/// <param name="path">The migrations' folder.</param>
/// <param name="prismaRuns">Whether a script, a container or continuous integration runs <c>prisma migrate</c>.</param>
internal sealed partial class RunnerCode(FileTree tree, string path, Lazy<bool> prismaRuns)
{
    private static readonly ImmutableArray<string> Endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"];
    private static readonly ImmutableArray<string> TestFolders = ["test", "tests", "__tests__", "e2e", "spec", "__mocks__", "fixtures", "testing", "test-utils"];

    /// <summary>Whether a script, a container or continuous integration runs the history with <c>prisma migrate</c>.</summary>
    public bool PrismaRunsMigrations => prismaRuns.Value;

    /// <summary>Whether a script, a container or continuous integration of a tree runs <c>prisma migrate</c>.</summary>
    public static bool PrismaRunsIn(FileTree tree) => tree.Files.Any(file => SchemaScripts.IsScript(file) && file.Text is { } text && PrismaMigrate().IsMatch(text.Text));

    /// <summary>The code that reads the files of the history and sends their text to the database; null where there is none, or where code calls <c>prisma migrate</c>.</summary>
    public SourceLocation? Program
    {
        get
        {
            // Of what may be read for this, what speaks of migrations is little.
            var package = tree.FindUpward("package.json", path).FirstOrDefault()?.Folder ?? "";
            var code = Files(package.StartsWith("..", StringComparison.Ordinal) ? "" : package).Where(text => text.Text.Contains("igration", StringComparison.Ordinal)).ToList();
            if (code.Exists(text => PrismaMigrate().IsMatch(text.Text)))
            {
                return null;
            }

            var readers = code.Where(text => ReadsFiles().IsMatch(text.Text) && NamesMigrations(text.Text)).ToList();
            if (readers.Count == 0)
            {
                return null;
            }

            foreach (var sender in code)
            {
                if (Sends().Match(sender.Text) is { Success: true } match && readers.Exists(reader => reader == sender || Uses(sender, reader)))
                {
                    return sender.LocationOf(new TextSpan(match.Index, match.Length));
                }
            }

            return null;
        }
    }

    /// <summary>Where a word stands in code, in code that sends SQL to a database if there is such; null where nothing mentions it.</summary>
    public SourceLocation? Mention(string word)
    {
        SourceLocation? first = null;
        foreach (var text in Files(""))
        {
            var at = text.Text.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0 && (first is null || Sends().IsMatch(text.Text)))
            {
                var place = text.LocationOf(new TextSpan(at, word.Length));
                if (Sends().IsMatch(text.Text))
                {
                    return place;
                }

                first = place;
            }
        }

        return first;
    }

    /// <summary>Where a word stands in code that sends SQL to a database; null where no such code mentions it.</summary>
    public SourceLocation? SendingMention(string word) =>
        Mention(word) is { } place && tree.Find(place.Path)?.Text is { } text && text.Text.Contains("igration", StringComparison.Ordinal) && Sends().IsMatch(text.Text) ? place : null;

    /// <summary>The names of the tables that the code in the folder of a file creates.</summary>
    public ImmutableHashSet<string> TablesCreatedBeside(string file) =>
        [.. Files(RelativePath.FolderOf(file)).SelectMany(text => CreateTable().Matches(text.Text)).Select(match => match.Groups["name"].Value)];

    private IEnumerable<SourceText> Files(string folder) =>
        tree.Under(folder)
            .Where(file => Endings.Contains(Path.GetExtension(file.Name)) && !RelativePath.IsWithin(file.Path, path) && !IsTest(file))
            .Select(file => file.Text)
            .OfType<SourceText>();

    private static bool NamesMigrations(string text) =>
        text.Contains("migration.sql", StringComparison.Ordinal) || (text.Contains(".sql", StringComparison.Ordinal) && MigrationsFolder().IsMatch(text));

    // Reading and sending may be two files beside each other, or one imports the other.
    private static bool Uses(SourceText sender, SourceText reader)
    {
        var folder = RelativePath.FolderOf(sender.Path);
        return (folder == RelativePath.FolderOf(reader.Path) && sender.Text.Contains("igration", StringComparison.Ordinal)) || Import().Matches(sender.Text).Any(match => IsPath(match.Groups["path"].Value));

        bool IsPath(string written)
        {
            var target = reader.Path[..^Path.GetExtension(reader.Path).Length];
            target = target.EndsWith("/index", StringComparison.Ordinal) ? target[..^"/index".Length] : target;
            var imported = Endings.Contains(Path.GetExtension(written)) ? written[..^Path.GetExtension(written).Length] : written;
            return imported.StartsWith('.')
                ? RelativePath.Resolve(folder, imported) == target
                : imported.Length > 2 && imported[0] is '@' or '~' && imported[1] == '/' && target.EndsWith(imported[1..], StringComparison.Ordinal);
        }
    }

    private static bool IsTest(WorkspaceFile file) =>
        file.Name.Contains(".test", StringComparison.Ordinal) || file.Name.Contains(".spec", StringComparison.Ordinal) || file.Name.EndsWith(".d.ts", StringComparison.Ordinal) ||
        file.Path.Split('/')[..^1].Any(folder => TestFolders.Contains(folder, StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex("""\bprisma(?:@[\w.-]+)?["',\s]+migrate["',\s]+(?:deploy|dev|reset)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex PrismaMigrate();

    [GeneratedRegex("""\bread(?:Text)?(?:File|Dir|dir)(?:Sync)?\b|\bBun\.file\b""", RegexOptions.CultureInvariant)]
    private static partial Regex ReadsFiles();

    [GeneratedRegex("""["'`/]migrations["'`/]""", RegexOptions.CultureInvariant)]
    private static partial Regex MigrationsFolder();

    // What is sent is in a variable: by Prisma's client, by the drivers, or by a program that is started with the file.
    [GeneratedRegex("""\$(?:execute|query)RawUnsafe\(\s*[A-Za-z_]|\bPrisma\.raw\(\s*[A-Za-z_]|\b(?:client|pool|db|database|pg|pglite|sql|connection|conn|tx)\.(?:query|unsafe|exec)\(\s*[A-Za-z_][\w.]*\s*[,)]|\bdb["',\s]+execute["',\s]+[`"']?--|\bpsql\b[^\n]{0,200}?\s-f\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Sends();

    [GeneratedRegex("""(?:from|import|require)(?>\s*)\(?(?>\s*)["'](?<path>[^"'\n]+)["']""", RegexOptions.CultureInvariant)]
    private static partial Regex Import();

    [GeneratedRegex("""\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:[^\s("]*"?\.)?"?(?<name>[A-Za-z_]\w*)"?\s*\(""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();
}
