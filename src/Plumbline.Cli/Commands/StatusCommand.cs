using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Live;
using Plumbline.Audit.Reports.Status;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Cli.Terminal;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb status</c>: the migrations against a database.</summary>
internal static class StatusCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var path = SharedOptions.Path();
        var format = SharedOptions.Format("terminal", "json");
        var database = SharedOptions.Database("Read this database [default: the one that \"plumb url\" resolves]");
        var command = new Command("status", "Show which migrations are applied, pending, failed or edited in a database. Only reads") { Arguments = { path }, Options = { format, database } };
        shared.AddTo(command);
        command.SetAction(call =>
        {
            var settings = CommandSettings.Of(call, shared, console);
            var (status, server) = Read(call.GetRequiredValue(path), call.GetValue(database), settings, cancellation);
            settings.Write(call.GetRequiredValue(format), output =>
            {
                if (call.GetRequiredValue(format) == "json")
                {
                    Utf8Output.Write(output, stream => StatusJson.Write(status, server, stream));
                }
                else
                {
                    StatusPage.Write(status, server, new TerminalPage(output, settings.UsesColor, settings.Width), settings.IsVerbose);
                }
            });
            return status.HasWork ? ExitCode.Findings : ExitCode.Done;
        });
        return command;
    }

    private static (MigrationStatus Status, StatusDatabase Database) Read(string path, string? named, CommandSettings settings, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(settings.Console, settings.IsQuiet);
        progress.Report("Reading " + path);
        var configuration = settings.ReadConfiguration(path);
        var workspace = Repository.Open(path, configuration, cancellation);
        if (workspace.Projects.IsEmpty)
        {
            throw new InputException($"{path} has neither a Prisma schema for PostgreSQL nor Prisma migrations.");
        }

        var url = RequestedDatabases.Choose(named, workspace, configuration, new ProcessEnvironment(settings.Console.Variable));
        progress.Report("Reading the database");
        try
        {
            var applied = AppliedMigrationReader.ReadAsync(url, cancellation).GetAwaiter().GetResult();
            var history = HistoryOf(workspace, applied);
            var host = url.Hosts.FirstOrDefault() ?? new DatabaseHost("localhost", DatabaseHost.DefaultPort);
            return (MigrationStatus.Of(history, applied.Rows, applied.IsEmpty), new StatusDatabase(host.Name, host.Port, applied.Database, applied.Server));
        }
        catch (CatalogException exception)
        {
            throw new SourceUnavailableException(exception.Message);
        }
    }

    // Of several projects the one whose migrations the database knows.
    private static MigrationHistory? HistoryOf(Repository workspace, AppliedMigrations applied)
    {
        var names = (applied.Rows ?? []).Select(row => row.Name).ToHashSet(StringComparer.Ordinal);
        return workspace.Projects.Select(project => project.History).OfType<MigrationHistory>().MaxBy(history => history.Migrations.Count(migration => names.Contains(migration.Name)));
    }
}
