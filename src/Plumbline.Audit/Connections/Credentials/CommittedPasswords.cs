using System.Collections.Immutable;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Connections.Credentials;

/// <summary>Finds the passwords of databases that are written in the files of a repository. Files that git ignores have no part in it.</summary>
internal static class CommittedPasswords
{
    // The ends of the schemes, the key of Prisma's proxy, and the word in the names of variables and in SQL.
    private static readonly FileWords Words = new(ReadingBudget.PasswordFileLength, "gres://", "sql://", "ASSWORD", "api_key=");

    // SQL may be written in small letters.
    private static readonly FileWords WordsOfSql = new(ReadingBudget.PasswordFileLength, "assword '", "ASSWORD", "gres://", "sql://");

    /// <summary>The passwords, by path and place.</summary>
    public static ImmutableArray<WrittenPassword> Find(Repository workspace, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<WrittenPassword>();
        foreach (var file in workspace.Files)
        {
            if (CredentialFiles.Of(file.Path) is not { } place)
                continue;

            cancellation.ThrowIfCancellationRequested();
            if (file.TextWith(place is CredentialPlace.Migration or CredentialPlace.Sql or CredentialPlace.Script ? WordsOfSql : Words) is { } text)
                found.AddRange(CredentialText.Find(text, place));
        }

        return found.ToImmutable();
    }
}
