using System.Collections.Immutable;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Sql;
using Plumbline.PostgreSql.Sql.Ast;
using Plumbline.Schema.Concurrency;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.History;

/// <summary>An SQL file outside the migrations, parsed.</summary>
/// <param name="File">The file.</param>
/// <param name="Text">Its text.</param>
/// <param name="Dialect">The database that it is written for, as far as folder, tool and syntax tell; null for PostgreSQL.</param>
/// <param name="Statements">Its statements; empty where it is for another database.</param>
internal sealed record SqlFile(WorkspaceFile File, SourceText Text, string? Dialect, ImmutableArray<SqlStatement> Statements)
{
    /// <summary>Whether it is written for PostgreSQL.</summary>
    public bool IsPostgreSql => Dialect is null;

    /// <summary>Reads the SQL files of a workspace that are no migrations.</summary>
    public static ImmutableArray<SqlFile> Read(Repository workspace, CancellationToken cancellation)
    {
        var read = new SqlFile?[workspace.SqlFiles.Length];
        Workers.Run(read.Length, piecesOfWorker: 8, i => read[i] = Read(workspace.SqlFiles[i], cancellation), cancellation);
        return WithDialectOfFolder([.. read.OfType<SqlFile>()]);
    }

    // A file of two plain lines shows no dialect, the files beside it do: where most files of a folder are written for another database, the rest is too.
    private static ImmutableArray<SqlFile> WithDialectOfFolder(ImmutableArray<SqlFile> files)
    {
        if (files.All(file => file.IsPostgreSql))
            return files;

        var folders = files.ToLookup(file => file.File.Folder, StringComparer.Ordinal).ToDictionary(folder => folder.Key, DialectOfMost, StringComparer.Ordinal);
        return
        [
            .. files.Select(file => file.IsPostgreSql && folders[file.File.Folder] is { } dialect && !SqlFileDialect.IsNamed(file.File.Path)
                ? file with { Dialect = dialect, Statements = [] }
                : file),
        ];
    }

    // schema.mysql.sql says something of itself, and nothing of the files beside it.
    private static string? DialectOfMost(IEnumerable<SqlFile> folder)
    {
        var files = folder.Where(file => !SqlFileDialect.IsNamed(file.File.Path)).ToList();
        var most = files.Where(file => !file.IsPostgreSql).GroupBy(file => file.Dialect!).MaxBy(dialect => dialect.Count());
        return most is not null && most.Count() * 2 > files.Count ? most.Key : null;
    }

    private static SqlFile? Read(WorkspaceFile file, CancellationToken cancellation)
    {
        if (file.Text is not { } text)
            return null;

        var dialect = SqlFileDialect.Of(file.Path, text.Text);
        return new SqlFile(file, text, dialect, dialect is null ? [.. Statements()] : []);

        // A dump can hold any number of statements.
        IEnumerable<SqlStatement> Statements()
        {
            foreach (var statement in SqlParser.Read(text.Text))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return statement.Statement;
            }
        }
    }
}
