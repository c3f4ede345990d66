using System.Collections.Immutable;
using System.CommandLine;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Workspace;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb url</c>: which database URL would be used, from where, and why. It connects to no database and writes no password.</summary>
internal static class UrlCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var path = SharedOptions.Path();
        var format = SharedOptions.Format("terminal", "json");
        var command = new Command("url", "Show which database URL would be used, where it comes from, and why. Never connects, never shows a password") { Arguments = { path }, Options = { format } };
        shared.AddTo(command);
        command.SetAction(call =>
        {
            var settings = CommandSettings.Of(call, shared, console);
            var connections = Read(call.GetRequiredValue(path), settings, cancellation);
            settings.Write(call.GetRequiredValue(format), output => Write(connections, call.GetRequiredValue(format), output, settings));
            return Conclude(connections, call.GetRequiredValue(format), settings);
        });
        return command;
    }

    private static ImmutableArray<ResolvedConnection> Read(string path, CommandSettings settings, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(settings.Console, settings.IsQuiet);
        progress.Report("Reading " + path);
        var configuration = settings.ReadConfiguration(path);
        var workspace = Repository.Open(path, configuration, cancellation);
        return ConnectionResolver.Resolve(workspace, configuration, new ProcessEnvironment(settings.Console.Variable));
    }

    private static void Write(ImmutableArray<ResolvedConnection> connections, string format, TextWriter output, CommandSettings settings)
    {
        if (format == "json")
        {
            Utf8Output.Write(output, stream => ConnectionJson.Write(connections, stream));
        }
        else
        {
            UrlPage.Write(connections, new TerminalPage(output, settings.UsesColor, settings.Width), settings.IsQuiet);
        }
    }

    // Stderr also says why there is no URL, for programs that read the result.
    private static int Conclude(ImmutableArray<ResolvedConnection> connections, string format, CommandSettings settings)
    {
        var problems = connections.Where(connection => connection.Chosen is null).ToList();
        foreach (var connection in problems)
        {
            if (format == "json" || settings.Output is not null)
            {
                settings.Console.Error.WriteLine($"plumb: error: {(connections.Length > 1 ? connection.Project + ": " : "")}{connection.Problem}");
            }
        }

        return problems.Count == 0 ? ExitCode.Done : ExitCode.Findings;
    }
}
