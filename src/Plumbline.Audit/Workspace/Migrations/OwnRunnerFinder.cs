using System.Collections.Immutable;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Migrations;

/// <summary>Finds out whether a history is run by a program of the team's own.</summary>
internal sealed class OwnRunnerFinder(FileTree tree)
{
    // A repository of many projects has the same scripts for all of them.
    private readonly Lazy<bool> _prismaRuns = new(() => RunnerCode.PrismaRunsIn(tree));

    /// <summary>The runner; null where nothing shows one.</summary>
    /// <param name="path">The migrations' folder.</param>
    /// <param name="migrations">Its migrations in SQL.</param>
    /// <param name="codeMigrations">Its migrations in code.</param>
    public OwnRunner? Find(string path, ImmutableArray<MigrationFolder> migrations, ImmutableArray<WorkspaceFile> codeMigrations)
    {
        var code = new RunnerCode(tree, path, _prismaRuns);
        var placeholders = new List<(string Text, SourceLocation Location)>();
        var comments = new List<(string Text, SourceLocation Location)>();
        foreach (var text in migrations.Select(migration => migration.Script?.Text).OfType<SourceText>())
        {
            if (Placeholders.Find(text.Text) is { } placeholder)
            {
                placeholders.Add((text.Text.Substring(placeholder.Start, placeholder.Length).TrimEnd('.'), text.LocationOf(placeholder)));
            }

            comments.AddRange(Placeholders.FindSentinels(text.Text).Select(sentinel => (text.Text.Substring(sentinel.Start, sentinel.Length), text.LocationOf(sentinel))));
        }

        return ByPlaceholder(placeholders, code) ?? BySentinel(comments, code) ?? ByCode(codeMigrations, code) ?? ByProgram(migrations, code);
    }

    // What Prisma runs must be SQL as it is: a placeholder that no code knows is a mistake there, not a sign.
    private static OwnRunner? ByPlaceholder(List<(string Text, SourceLocation Location)> found, RunnerCode code)
    {
        if (found.Count == 0)
        {
            return null;
        }

        var (written, location) = found[0];
        var place = code.Mention(written.Trim('/', '*', ' ', '{', '}', '$'));
        return place is null && code.PrismaRunsMigrations ? null : Runner(OwnRunnerSign.Placeholder, written, location, place, found.Count, code);
    }

    // Any comment may be written in capitals; one that code looks for in what it sends to the database is no comment.
    private static OwnRunner? BySentinel(List<(string Text, SourceLocation Location)> found, RunnerCode code)
    {
        const int tried = 16;
        foreach (var word in found.Select(comment => comment.Text).Distinct(StringComparer.Ordinal).Take(tried))
        {
            if (code.SendingMention(word) is { } place)
            {
                var own = found.Where(comment => comment.Text == word).ToList();
                return Runner(OwnRunnerSign.Sentinel, word, own[0].Location, place, own.DistinctBy(comment => comment.Location.Path).Count(), code);
            }
        }

        return null;
    }

    private static OwnRunner? ByCode(ImmutableArray<WorkspaceFile> migrations, RunnerCode code) =>
        migrations.IsEmpty ? null : Runner(OwnRunnerSign.Code, migrations[0].Name, SourceLocation.StartOf(migrations[0].Path), code.Mention("umzug"), migrations.Length, code);

    private static OwnRunner? ByProgram(ImmutableArray<MigrationFolder> migrations, RunnerCode code) =>
        !migrations.IsEmpty && !code.PrismaRunsMigrations && code.Program is { } place
            ? Runner(OwnRunnerSign.Program, place.Path, place, place, migrations.Length, code)
            : null;

    private static OwnRunner Runner(OwnRunnerSign sign, string text, SourceLocation location, SourceLocation? place, int count, RunnerCode code) =>
        new(sign, text, location, place, count) { LazyTables = new Lazy<ImmutableHashSet<string>>(() => place is null ? [] : code.TablesCreatedBeside(place.Path)) };
}
