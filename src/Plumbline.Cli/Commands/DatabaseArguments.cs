using System.Collections.Immutable;
using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Live;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Cli.Commands;

/// <summary>The databases that a call asks for.</summary>
internal static class DatabaseArguments
{
    /// <summary>The option that names one.</summary>
    public static Option<string?> Option(string description) => new("--database") { Description = description, HelpName = "URL" };

    /// <summary>Reads the databases of a workspace's projects: the one that is named, or where none is, those that the repository resolves.</summary>
    /// <exception cref="InputException">It is no URL, or none is resolved.</exception>
    public static ImmutableDictionary<string, LiveDatabase> Read(string? named, Repository workspace, AuditConfiguration configuration, CommandConsole console, CancellationToken cancellation)
    {
        if (named is not null)
        {
            var database = Read(Parse(named), cancellation);
            return LiveDatabaseOwner.Find(database, workspace).ToImmutableDictionary(name => name, _ => database);
        }

        // Several projects may share one database, which is read once.
        var read = new Dictionary<DatabaseUrl, LiveDatabase>();
        var databases = ImmutableDictionary.CreateBuilder<string, LiveDatabase>();
        foreach (var connection in Resolved(workspace, configuration, console))
        {
            var url = connection.Chosen!.Url;
            if (!read.TryGetValue(url, out var database))
            {
                read[url] = database = Read(url, cancellation);
            }

            databases[connection.Project!] = database;
        }

        return databases.ToImmutable();
    }

    /// <summary>The URL that is named, or the one that the repository resolves for its only project.</summary>
    /// <exception cref="InputException">It is no URL, none is resolved, or several projects have different ones.</exception>
    public static DatabaseUrl Choose(string? named, Repository workspace, AuditConfiguration configuration, CommandConsole console)
    {
        if (named is not null)
        {
            return Parse(named);
        }

        DatabaseUrl[] urls = [.. Resolved(workspace, configuration, console).Select(connection => connection.Chosen!.Url).Distinct()];
        return urls.Length == 1 ? urls[0] : throw new InputException("The projects of the repository have different databases. Name the folder of one of them, or its database with --database.");
    }

    /// <summary>Runs the migrations of a workspace for real, on the server that is named.</summary>
    /// <exception cref="InputException">It is no URL, or no shadow database may be made there.</exception>
    public static ImmutableDictionary<string, ShadowRun> RunShadow(string named, Repository workspace, AuditOptions options, CancellationToken cancellation) =>
        ShadowReplay.RunAsync(workspace, options, Parse(named, "--shadow"), cancellation).GetAwaiter().GetResult();

    private static DatabaseUrl Parse(string text, string option = "--database") =>
        DatabaseUrl.TryParse(text, out var url, out var error) ? url : throw new InputException($"{option}: {error}");

    private static ResolvedConnection[] Resolved(Repository workspace, AuditConfiguration configuration, CommandConsole console)
    {
        var connections = ConnectionResolver.Resolve(workspace, configuration, new ProcessEnvironment(console.Variable));
        ResolvedConnection[] resolved = [.. connections.Where(connection => connection is { Project: not null, Chosen: not null })];
        return resolved.Length > 0 ? resolved : throw new InputException(connections.Select(connection => connection.Problem).OfType<string>().FirstOrDefault() ?? "No database URL was found. Name one with --database.");
    }

    private static LiveDatabase Read(DatabaseUrl url, CancellationToken cancellation) => LiveDatabaseReader.ReadAsync(url, cancellation).GetAwaiter().GetResult();
}
