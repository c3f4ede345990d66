using System.Text.RegularExpressions;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Projects;

/// <summary>The places of a repository that write out a database URL behind the name of a variable, with the schema that the URL names. Whatever else of the URL
/// is filled in later (<c>${POSTGRES_USER}</c>) does not matter here.</summary>
internal sealed partial class UrlMentions
{
    private const int LongestLine = 4000;

    private readonly FileTree _tree;
    private readonly Lazy<List<Mention>> _all;

    public UrlMentions(FileTree tree)
    {
        _tree = tree;
        _all = new Lazy<List<Mention>>(() => [.. Files().SelectMany(file => Read(file.File, file.Kind))]);
    }

    /// <summary>The kinds of files, in the order in which they count.</summary>
    public enum FileKind
    {
        /// <summary>An environment file.</summary>
        Environment,

        /// <summary>An environment file that is there to be copied.</summary>
        Template,

        /// <summary>Continuous integration.</summary>
        Pipeline,

        /// <summary>Docker Compose.</summary>
        Composition,
    }

    /// <summary>A URL in a file.</summary>
    /// <param name="Kind">The kind of file.</param>
    /// <param name="Before">What stands before the URL, the line above included where the URL is a value of its own.</param>
    /// <param name="Schema">The schema that the URL names; null where it names none.</param>
    /// <param name="Location">Where the URL stands.</param>
    public sealed record Mention(FileKind Kind, string Before, string? Schema, SourceLocation Location);

    /// <summary>The mentions of a variable, the nearest to a folder first within each kind of file.</summary>
    public IEnumerable<Mention> Of(IReadOnlyCollection<string> variables, string folder) => _all.Value
        .Where(mention => variables.Any(variable => NamesWord(mention.Before, variable)))
        .OrderBy(mention => mention.Kind)
        .ThenBy(mention => RelativePath.Distance(folder, RelativePath.FolderOf(mention.Location.Path)))
        .ThenBy(mention => mention.Location.Path, StringComparer.Ordinal)
        .ThenBy(mention => mention.Location.Line);

    /// <summary>The schema that a URL names; null where it names none, or one that is filled in later.</summary>
    public static string? SchemaOf(string url) => Schema().Match(url) is { Success: true } match && !IsFilledIn(match.Groups["schema"].Value)
        ? Uri.UnescapeDataString(match.Groups["schema"].Value)
        : null;

    private static IEnumerable<Mention> Read(WorkspaceFile file, FileKind kind)
    {
        if (file.Text is not { } text || !text.Text.Contains("postgres", StringComparison.Ordinal))
        {
            yield break;
        }

        for (var line = 1; line <= text.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.Length > LongestLine || !content.Contains("://", StringComparison.Ordinal) || !content.Contains("postgres", StringComparison.Ordinal) || content.TrimStart() is ['#', ..] or ['/', '/', ..])
            {
                continue;
            }

            var written = content.ToString();
            foreach (Match match in Url().Matches(written))
            {
                if (IsPlaceholder(match.Value))
                {
                    continue;
                }

                var before = written[..match.Index];
                var above = line > 1 && ValueKey().IsMatch(before) ? text.Line(line - 1).ToString() + " " : "";
                yield return new Mention(
                    kind, above + before, SchemaOf(match.Value), new SourceLocation(file.Path, line, match.Index + 1, line, match.Index + match.Length + 1));
            }
        }
    }

    private IEnumerable<(WorkspaceFile File, FileKind Kind)> Files()
    {
        foreach (var file in _tree.Files)
        {
            if (EnvironmentFileNames.IsName(file.Name))
            {
                yield return (file, EnvironmentFileNames.IsTemplate(file.Name) ? FileKind.Template : FileKind.Environment);
            }
            else if (RepositoryCommands.IsCi(file.Path))
            {
                yield return (file, FileKind.Pipeline);
            }
            else if (file.Name.Contains("compose", StringComparison.OrdinalIgnoreCase) && Path.GetExtension(file.Name) is ".yml" or ".yaml")
            {
                yield return (file, FileKind.Composition);
            }
        }

        // Git ignores them mostly, but Prisma reads them.
        var folders = _tree.Files.Where(file => file.Name is "package.json" || file.Name.EndsWith(".prisma", StringComparison.Ordinal))
            .Select(file => file.Folder).Append("").Distinct(StringComparer.Ordinal);
        foreach (var file in folders.Select(folder => _tree.FindIgnored(RelativePath.Join(folder, ".env"))).OfType<WorkspaceFile>())
        {
            yield return (file, FileKind.Environment);
        }
    }

    private static bool NamesWord(string text, string word)
    {
        for (var i = text.IndexOf(word, StringComparison.Ordinal); i >= 0; i = text.IndexOf(word, i + 1, StringComparison.Ordinal))
        {
            if (!IsPart(i - 1) && !IsPart(i + word.Length))
            {
                return true;
            }
        }

        return false;

        bool IsPart(int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
    }

    private static bool IsFilledIn(string value) => value.StartsWith("${", StringComparison.Ordinal) || value.AsSpan().ContainsAny("<>[]{}*") || Capitals().IsMatch(value);

    // postgresql://USER:PASSWORD@HOST:PORT/DATABASE, as documentation and templates write it.
    private static bool IsPlaceholder(string url) => Placeholder().IsMatch(url);

    // In lower case, as Prisma wants it.
    [GeneratedRegex("""postgres(?:ql)?://(?:\$\{\{[^}]*\}\}|\$\{[^}]*\}|[^\s"'`}])*""", RegexOptions.CultureInvariant)]
    private static partial Regex Url();

    [GeneratedRegex("""[?&]schema=(?<schema>[^&\s"'`}#]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Schema();

    [GeneratedRegex("""^\s*(?:-\s*)?["']?(?:value|defaultValue)["']?\s*:\s*["']?$""", RegexOptions.CultureInvariant)]
    private static partial Regex ValueKey();

    [GeneratedRegex("^[A-Z][A-Z_]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();

    [GeneratedRegex("""@(?:HOST|HOSTNAME|DB_HOST|SERVER)\b|:PORT\b|<[a-z_-]+>|/(?:DATABASE|DB_NAME|DBNAME)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
