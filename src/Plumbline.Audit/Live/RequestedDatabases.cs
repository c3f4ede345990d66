using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Audit.Live;

/// <summary>The databases that a call asks for.</summary>
public static class RequestedDatabases
{
    /// <summary>Reads the databases of a workspace's projects: the one that is named, or where none is, those that the repository resolves.</summary>
    /// <param name="named">The URL of one; null for those that are resolved.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="process">The environment of the process.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InputException">It is no URL, or none is resolved.</exception>
    public static ImmutableDictionary<string, LiveDatabase> Read(string? named, Repository workspace, AuditConfiguration configuration, ProcessEnvironment process, CancellationToken cancellation)
    {
        if (named is not null)
        {
            var database = Read(Parse(named), cancellation);
            return LiveDatabaseOwner.Find(database, workspace).ToImmutableDictionary(name => name, _ => database);
        }

        // Several projects may share one database, which is read once.
        var read = new Dictionary<DatabaseUrl, LiveDatabase>();
        var databases = ImmutableDictionary.CreateBuilder<string, LiveDatabase>();
        foreach (var connection in Resolved(workspace, configuration, process))
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
    /// <param name="named">The URL of one; null for the one that is resolved.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="process">The environment of the process.</param>
    /// <exception cref="InputException">It is no URL, none is resolved, or several projects have different ones.</exception>
    public static DatabaseUrl Choose(string? named, Repository workspace, AuditConfiguration configuration, ProcessEnvironment process)
    {
        if (named is not null)
        {
            return Parse(named);
        }

        DatabaseUrl[] urls = [.. Resolved(workspace, configuration, process).Select(connection => connection.Chosen!.Url).Distinct()];
        return urls.Length == 1 ? urls[0] : throw new InputException("The projects of the repository have different databases. Name the folder of one of them, or its database with --database.");
    }

    /// <summary>The URL that an option gives.</summary>
    /// <param name="text">What is written.</param>
    /// <param name="option">The option.</param>
    /// <exception cref="InputException">It is no URL.</exception>
    public static DatabaseUrl Parse(string text, string option = "--database") =>
        DatabaseUrl.TryParse(text, out var url, out var error) ? url with { IsNamedByUser = true, HasFilesOfUser = true } : throw new InputException($"{option}: {error}");

    private static ResolvedConnection[] Resolved(Repository workspace, AuditConfiguration configuration, ProcessEnvironment process)
    {
        var connections = ConnectionResolver.Resolve(workspace, configuration, process);
        ResolvedConnection[] resolved = [.. connections.Where(connection => connection is { Project: not null, Chosen: not null })];
        return resolved.Length > 0 ? resolved : throw new InputException(connections.Select(connection => connection.Problem).OfType<string>().FirstOrDefault() ?? "No database URL was found. Name one with --database.");
    }

    private static LiveDatabase Read(DatabaseUrl url, CancellationToken cancellation) => LiveDatabaseReader.ReadAsync(url, cancellation).GetAwaiter().GetResult();
}
