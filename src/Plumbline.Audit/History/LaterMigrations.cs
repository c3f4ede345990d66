using System.Collections.Immutable;
using System.Text;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;

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

        if (Git.Run(repository, null, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}") is not { } commit)
            throw new InputException("--since needs git, which is not installed.");

        if (commit.ExitCode != 0)
            throw new InputException($"--since: there is no git revision \"{revision}\" in {repository}.");

        var hash = Encoding.UTF8.GetString(commit.Output).Trim();
        var changed = Paths(Git.Run(workspace.Root, null, "diff", "--name-only", "--relative", "--no-renames", "-z", hash, "--")!);
        var untracked = Paths(Git.Run(workspace.Root, null, "ls-files", "--others", "--exclude-standard", "-z")!);
        var later = changed.Concat(untracked).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. workspace.Projects.SelectMany(p => p.History?.Migrations ?? []).Where(m => later.Contains(m.ScriptPath)).Select(m => m.Path),
        ];
    }

    private static string[] Paths(Git.Answer answer) => Encoding.UTF8.GetString(answer.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
