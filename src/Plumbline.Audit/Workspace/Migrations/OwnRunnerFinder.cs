using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>Finds out whether a history is run by a program of the team's own.</summary>
internal sealed class OwnRunnerFinder(FileTree tree)
{
    private static readonly ImmutableArray<string> Endings = [".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"];

    /// <summary>The runner; null where nothing shows one.</summary>
    /// <param name="path">The migrations' folder.</param>
    /// <param name="migrations">Its migrations in SQL.</param>
    /// <param name="codeMigrations">Its migrations in code.</param>
    public OwnRunner? Find(string path, ImmutableArray<MigrationFolder> migrations, ImmutableArray<WorkspaceFile> codeMigrations)
    {
        var signs = new List<(OwnRunnerSign Sign, string Text, SourceLocation Location)>();
        foreach (var text in migrations.Select(migration => migration.Script?.Text).OfType<SourceText>())
        {
            if (Placeholders.Find(text.Text) is { } placeholder)
            {
                signs.Add((OwnRunnerSign.Placeholder, text.Text.Substring(placeholder.Start, placeholder.Length).TrimEnd('.'), text.LocationOf(placeholder)));
            }
            else if (Placeholders.FindSentinel(text.Text) is { } sentinel)
            {
                signs.Add((OwnRunnerSign.Sentinel, text.Text.Substring(sentinel.Start, sentinel.Length), text.LocationOf(sentinel)));
            }
        }

        if (signs.Count == 0 && codeMigrations.IsEmpty)
        {
            return null;
        }

        signs.AddRange(codeMigrations.Select(file => (OwnRunnerSign.Code, file.Name, new SourceLocation(file.Path, 1, 1, 1, 1))));
        var first = signs.MinBy(sign => sign.Sign);
        return new OwnRunner(first.Sign, first.Text, first.Location, FindCode(path, first.Sign, first.Text), signs.Count);
    }

    private SourceLocation? FindCode(string path, OwnRunnerSign sign, string written)
    {
        var word = sign == OwnRunnerSign.Code ? "umzug" : written.Trim('/', '*', ' ', '{', '}', '$');
        foreach (var file in tree.Files)
        {
            if (!Endings.Contains(Path.GetExtension(file.Name)) || RelativePath.IsWithin(file.Path, path) || IsTest(file.Name) || file.Text is not { } text)
            {
                continue;
            }

            var at = text.Text.IndexOf(word, StringComparison.Ordinal);
            if (at >= 0)
            {
                return text.LocationOf(new TextSpan(at, word.Length));
            }
        }

        return null;
    }

    private static bool IsTest(string name) =>
        name.Contains(".test", StringComparison.Ordinal) || name.Contains(".spec", StringComparison.Ordinal) || name.EndsWith(".d.ts", StringComparison.Ordinal);
}
