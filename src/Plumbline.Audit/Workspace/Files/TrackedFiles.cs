using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Workspace.Files;

/// <summary>What git tracks in a repository.</summary>
/// <param name="Entries">The paths, relative to the repository.</param>
/// <param name="Diagnostics">What is wrong with the others.</param>
internal sealed record TrackedFiles(IReadOnlyList<GitIndex.Entry> Entries, ImmutableArray<Diagnostic> Diagnostics)
{
    private const string LinkMode = "120000";
    private const string SubmoduleMode = "160000";
    private const string FolderMode = "040000";

    // git-ls-files, and parse-options: a wrong call.
    private const int UnknownOption = 129;
    private static readonly string[] Question = ["ls-files", "-z", "--stage", "--cached"];

    /// <summary>Reads git's index, or asks git where it alone can read it; null where neither works.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="note">Receives why git gave no answer.</param>
    public static TrackedFiles? Of(GitRepository repository, ref string? note)
    {
        if (FileStatus.Of(Path.Combine(repository.Folder, "index")) == FileKind.Missing)
        {
            return new TrackedFiles([], []);
        }

        if (GitIndex.Read(repository.Folder) is { } entries)
        {
            return new TrackedFiles(entries, []);
        }

        var answer = Ask(repository, isSparse: true);
        if (answer?.ExitCode == UnknownOption)
        {
            answer = Ask(repository, isSparse: false);
        }

        if (answer is null or { ExitCode: 0 })
        {
            return answer is null ? null : Parse(answer.Output);
        }

        var reason = answer.Error.Split('\n')[0];
        note = $"The files are listed without git: {(reason.Length > 0 ? reason : string.Create(CultureInfo.InvariantCulture, $"git ended with exit code {answer.ExitCode}"))}.";
        return null;
    }

    // A folder that is sparse stays one entry: nothing of it is in the work tree, and git would read as many objects as a repository likes. Before 2.35 git does not know the option.
    private static Git.Answer? Ask(GitRepository repository, bool isSparse) => Git.Run(repository, repository.Root, isSparse ? [.. Question, "--sparse"] : Question);

    // "100644 <object> 0<tab>path" for each.
    private static TrackedFiles Parse(ReadOnlySpan<byte> output)
    {
        var entries = new List<GitIndex.Entry>();
        ImmutableArray<Diagnostic> diagnostics = [];
        while (output.IndexOf((byte)0) is var end and >= 0)
        {
            var entry = output[..end];
            output = output[(end + 1)..];
            var path = Encoding.UTF8.GetString(entry[(entry.IndexOf((byte)'\t') + 1)..]);
            var mode = Encoding.UTF8.GetString(entry[..Math.Min(entry.Length, FolderMode.Length)]);
            if (mode == FolderMode)
            {
                continue;
            }

            if (RelativePath.IsNormal(path))
            {
                entries.Add(new GitIndex.Entry(path, mode switch { LinkMode => TrackedKind.Link, SubmoduleMode => TrackedKind.Submodule, _ => TrackedKind.File }));
            }
            else if (!FileListing.IsNeverRead(path))
            {
                const string message = "Git's index has a path that leads outside the repository, or into git's own folder. It is not read.";
                diagnostics = [new Diagnostic(DiagnosticSeverity.Warning, FileReader.UnreadableCode, message, SourceLocation.StartOf("."))];
            }
        }

        return new TrackedFiles(entries, diagnostics);
    }
}
