using System.Collections.Immutable;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Concurrency;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>Finds the passwords of databases that are written in the files of a repository. Files that git ignores have no part in it.</summary>
internal static class CommittedPasswords
{
    private const int FilesOfWorker = 16;

    // Longer files are data, generated documents and dumps.
    private const int LongestFile = 512 << 10;

    // The ends of the schemes, the key of Prisma's proxy, and the word in the names of variables and in SQL.
    private static readonly FileWords Words = new(LongestFile, "gres://", "sql://", "ASSWORD", "api_key=");

    // SQL may be written in small letters.
    private static readonly FileWords WordsOfSql = new(LongestFile, "assword '", "ASSWORD", "gres://", "sql://");

    /// <summary>The passwords, by path and place.</summary>
    public static ImmutableArray<WrittenPassword> Find(Repository workspace, CancellationToken cancellation)
    {
        List<WorkspaceFile> files = [.. workspace.Files.Where(file => CredentialFiles.Of(file.Path) is not null)];
        var found = new List<WrittenPassword>?[files.Count];
        Workers.Run(files.Count, FilesOfWorker, Read, cancellation);
        return [.. found.OfType<List<WrittenPassword>>().SelectMany(passwords => passwords)];

        void Read(int i)
        {
            var place = CredentialFiles.Of(files[i].Path)!.Value;
            if (files[i].TextWith(place is CredentialPlace.Migration or CredentialPlace.Sql or CredentialPlace.Script ? WordsOfSql : Words) is { } text)
                found[i] = CredentialText.Find(text, place);
        }
    }
}
