using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>Tells which migrations came after a git revision: those are taken for not yet applied everywhere.</summary>
public static class LaterMigrations
{
    /// <summary>The paths of the folders of all migrations that the revision lacks or has otherwise, relative to the workspace's root.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="revision">The revision.</param>
    /// <exception cref="InputException">There is no such revision, no repository, or no git.</exception>
    public static ImmutableHashSet<string> Since(Repository workspace, string revision)
    {
        if (revision.Length == 0 || revision[0] == '-')
            throw new InputException($"--since: \"{revision}\" is not a valid git revision.");

        if (Git.FindRepository(workspace.Root) is not { } repository)
            throw new InputException($"--since: {workspace.Root} is not in a git repository.");

        if (GitRepository.Open(repository, out var why) is not { } git || (why = git.ProblemOfObjects()) is not null)
            throw new InputException($"--since: git is not used in {repository}, because {why}. Correct that, or run plumb in a fresh clone.");

        if (Git.Run(git, repository, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is not { } commit)
            throw new InputException("--since needs git, but no git was found in PATH outside the repository.");

        if (commit.ExitCode != 0)
            throw new InputException(commit.ExitCode is null ? $"--since: {commit.Error}." : $"--since: {git.WithoutRevision(revision)}");

        var hash = Encoding.UTF8.GetString(commit.Output).Trim();
        return [.. workspace.Projects.SelectMany(p => p.History?.Migrations ?? []).Where(Later(git, workspace, hash)).Select(m => m.Path)];
    }

    // Git itself would look at the working tree, and run the filters that a repository configures to do so.
    private static Func<MigrationFolder, bool> Later(GitRepository git, Repository workspace, string hash)
    {
        var files = RevisionFiles.Of("--since", git, hash, path => RelativePath.NameOf(path) == MigrationHistory.ScriptName);
        return migration => migration.Script is { } script &&
            (files.Read(script.Path, Path.Combine(workspace.Root, script.Path)).Text is not { } then || WithLineFeeds(then) != (script.Text is { } now ? WithLineFeeds(now) : null));
    }

    // A checkout may have changed the ends of the lines.
    private static string WithLineFeeds(SourceText text) => text.Text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
