using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Live;
using Plumbline.Audit.Workspace;
using Plumbline.PostgreSql.Catalog;
using Plumbline.PostgreSql.Replay;
using Plumbline.PostgreSql.Shadow;

namespace Plumbline.Audit.Engine;

/// <summary>Runs the migrations of a repository for real, each project's in a database of its own that is dropped again.</summary>
public static class ShadowReplay
{
    /// <summary>Runs them, in the order that drift is judged by. That a server can't be reached is a result as well.</summary>
    /// <param name="workspace">The repository.</param>
    /// <param name="options">How it is audited; its databases are the ones that must not be touched.</param>
    /// <param name="server">Any database of a server, as a role that may create databases.</param>
    /// <param name="cancellation">Ends the run; what it made is dropped.</param>
    /// <returns>What came of it, by the project's name.</returns>
    /// <exception cref="InputException">The server is the audited one's database, or does not let the role create databases.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static async Task<ImmutableDictionary<string, ShadowRun>> RunAsync(
        Repository workspace, AuditOptions options, DatabaseUrl server, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(server);
        await RefuseAuditedAsync(options, server, cancellation).ConfigureAwait(false);

        var runs = ImmutableDictionary.CreateBuilder<string, ShadowRun>(StringComparer.Ordinal);
        foreach (var project in new RepositoryFacts(workspace, options, cancellation).Projects)
        {
            if (project.Final is { } final)
            {
                runs[project.Name] = await RunAsync(final, server, cancellation).ConfigureAwait(false);
            }
        }

        return runs.ToImmutable();
    }

    private static async Task<ShadowRun> RunAsync(ReplayResult final, DatabaseUrl server, CancellationToken cancellation)
    {
        var run = new ShadowRun(server) { History = final.Migrations };
        ShadowDatabase shadow;
        try
        {
            shadow = await ShadowDatabase.CreateAsync(server, final.Options.Platform, CatalogOptions.Default, cancellation).ConfigureAwait(false);
        }
        catch (ShadowRefusedException e)
        {
            throw new InputException("--shadow: " + e.Message);
        }
        catch (CatalogException e)
        {
            return run with { Failure = e };
        }

        try
        {
            var outcomes = await shadow.ApplyAsync(final.Migrations, final.Options.Platform, cancellation).ConfigureAwait(false);
            var snapshot = await CatalogReader.ReadAsync(shadow.Url, CatalogOptions.Default, cancellation).ConfigureAwait(false);
            run = run with { Outcomes = outcomes, Schema = snapshot.Schema };
        }
        catch (CatalogException e)
        {
            run = run with { Failure = e };
        }
        finally
        {
            await shadow.DisposeAsync().ConfigureAwait(false);
        }

        return shadow.DropFailure is null ? run : run with { LeftBehind = shadow.Name };
    }

    // One server has many names: what counts is what it says of itself. A database that was not reached is compared by its name.
    private static async Task RefuseAuditedAsync(AuditOptions options, DatabaseUrl server, CancellationToken cancellation)
    {
        const string isAudited = "--shadow names the database that is being audited. Use another database, on a server that nothing depends on.";
        LiveDatabase[] audited = [.. options.Databases.Values.DistinctBy(database => database.Url)];
        if (audited.Any(database => IsSame(database.Url, server)))
        {
            throw new InputException(isAudited);
        }

        LiveDatabase[] reached = [.. audited.Where(database => database.Snapshot is not null)];
        if (reached.Length == 0)
        {
            return;
        }

        DatabaseIdentity own;
        try
        {
            own = await DatabaseIdentity.ReadAsync(server, CatalogOptions.Default, cancellation).ConfigureAwait(false);
        }
        catch (CatalogException)
        {
            // Nothing runs on a server that cannot be reached; the run says so.
            return;
        }

        foreach (var database in reached)
        {
            try
            {
                if (await DatabaseIdentity.ReadAsync(database.Url, CatalogOptions.Default, cancellation).ConfigureAwait(false) == own)
                {
                    throw new InputException(isAudited);
                }
            }
            catch (CatalogException e)
            {
                throw new InputException($"--shadow: plumb could not make sure that it names another database than {database.Url}. {e.Message}");
            }
        }
    }

    private static bool IsSame(DatabaseUrl one, DatabaseUrl other) =>
        (one.Database ?? one.User) == (other.Database ?? other.User) && Places(one).Intersect(Places(other)).Any();

    private static IEnumerable<(string, int)> Places(DatabaseUrl url) =>
        (url.Hosts.IsEmpty ? [new DatabaseHost("localhost", DatabaseHost.DefaultPort)] : url.Hosts).Select(host => (host.Name is "127.0.0.1" or "::1" ? "localhost" : host.Name.ToLowerInvariant(), host.Port));
}
