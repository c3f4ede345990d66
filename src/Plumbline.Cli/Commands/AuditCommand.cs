using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Rules.Naming.Styles;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Files;
using Plumbline.Cli.Terminal;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb audit</c>: the main job.</summary>
internal sealed class AuditCommand
{
    private const string Never = "never";

    private readonly Argument<string> _path = new("path") { HelpName = "PATH", Description = "The repository, or a part of it.", DefaultValueFactory = _ => "." };
    private readonly Option<string> _format = SharedOptions.Format("terminal", "markdown", "json", "github");
    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Exit with 1 where a finding is of this severity or graver: critical, high, medium, low, info; or never.",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => Severity.High.Name(),
        Validators = { result => CallChecker.CheckValue(result, "severity", [.. SeverityNames.All, Never]) },
    };

    private readonly Option<string[]> _rules = new("--rule")
    {
        Description = "Run only these rules.",
        HelpName = "RULE",
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => CallChecker.CheckValue(result, "rule", RuleCatalog.Descriptors.Select(rule => rule.Name)) },
    };

    private readonly Option<string[]> _areas = new("--area")
    {
        Description = "Run only the rules of these areas.",
        HelpName = "AREA",
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => CallChecker.CheckValue(result, "area", RuleCatalog.Areas) },
    };

    private readonly Option<string?> _since = new("--since")
    {
        Description = "Judge the migrations that came after this git revision as not yet applied: what harms a database in use is then a finding of its own.",
        HelpName = "REV",
    };

    private readonly Option<string?> _database = DatabaseArguments.Option("Look at this live database too: hold it against schema and migrations.");
    private readonly Option<bool> _live = new("--live") { Description = "Look at the live database too that \"plumb url\" resolves." };
    private readonly Option<string?> _shadow = new("--shadow")
    {
        Description = "Run the migrations for real too, in a database that is made on this server and dropped again.",
        HelpName = "URL",
    };

    private readonly SharedOptions _shared;
    private readonly CommandConsole _console;
    private readonly CancellationToken _cancellation;

    private AuditCommand(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        _shared = shared;
        _console = console;
        _cancellation = cancellation;
    }

    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var audit = new AuditCommand(shared, console, cancellation);
        var command = new Command("audit", "Audit a repository: hold its Prisma schemas against its migrations; and a live database against both, if one is asked for.") { Arguments = { audit._path } };
        foreach (var option in (ReadOnlySpan<Option>)[audit._format, audit._failOn, audit._rules, audit._areas, audit._since, audit._database, audit._live, audit._shadow])
        {
            command.Options.Add(option);
        }

        shared.AddTo(command);
        command.SetAction(audit.Run);
        return command;
    }

    private int Run(ParseResult call)
    {
        var settings = CommandSettings.Of(call, _shared, _console);
        var path = call.GetRequiredValue(_path);
        AuditResult result;
        bool wasInterrupted;
        using (var progress = new ProgressLine(_console, settings.IsQuiet))
        {
            progress.Report("Looking around in " + path);
            var configuration = settings.ReadConfiguration(path);
            var workspace = Repository.Open(path, configuration, _cancellation);
            RefuseWhatCannotBeAudited(path, workspace);
            var options = AuditOptions.From(configuration) with
            {
                Process = new ProcessEnvironment(_console.Variable),
                Rules = [.. call.GetValue(_rules) ?? []],
                Areas = [.. call.GetValue(_areas) ?? []],
                ShowsViews = call.GetRequiredValue(_format) is "json" or "markdown",
            };
            if (call.GetValue(_since) is { } revision)
            {
                options = options with { PendingMigrations = LaterMigrations.Since(workspace, revision) };
            }

            if (call.GetValue(_database) is not null || call.GetValue(_live))
            {
                progress.Report("Reading the database");
                options = options with { Databases = DatabaseArguments.Read(call.GetValue(_database), workspace, configuration, _console, _cancellation) };
            }

            // Who does not want to wait for the database any longer gets what needs none.
            wasInterrupted = options.Databases.Values.Any(database => database.Failure?.Failure == CatalogFailure.Interrupted);
            if (call.GetValue(_shadow) is { } shadow)
            {
                progress.Report("Running the migrations in a shadow database");
                options = options with { Shadows = DatabaseArguments.RunShadow(shadow, workspace, options, _cancellation) };
            }

            result = Auditor.Run(workspace, options, progress, wasInterrupted ? CancellationToken.None : _cancellation);
        }

        foreach (var problem in result.Repository.Diagnostics)
        {
            _console.Report(problem);
        }

        settings.Write(output => Write(call.GetRequiredValue(_format), result, path, output, settings));
        if (wasInterrupted)
        {
            throw new OperationCanceledException(_cancellation);
        }

        if (result.Incomplete.Any(item => item.WasAskedFor))
        {
            return ExitCode.Unfinished;
        }

        var failOn = call.GetRequiredValue(_failOn);
        return failOn != Never && SeverityNames.TryParse(failOn, out var severity) && result.Findings.Any(finding => finding.Severity >= severity) ? ExitCode.Findings : ExitCode.Done;
    }

    private static void Write(string format, AuditResult result, string path, TextWriter output, CommandSettings settings)
    {
        switch (format)
        {
            case "json":
                Utf8Output.Write(output, stream => JsonReport.Write(result, path, stream));
                break;
            case "markdown":
                MarkdownReport.Write(result, path, output);
                break;
            case "github":
                GitHubReport.Write(result, output);
                break;
            default:
                AuditPage.Write(result, new TerminalPage(output, settings.UsesColor, settings.Width), settings.IsVerbose, settings.IsQuiet);
                break;
        }
    }

    // A repository without a schema and migrations for PostgreSQL is no good repository: nothing was looked at.
    private static void RefuseWhatCannotBeAudited(string path, Repository workspace)
    {
        if (workspace.Projects.IsEmpty)
        {
            throw new InputException(NothingFound(path, workspace));
        }

        var files = workspace.Projects.SelectMany(project => project.SchemaFiles.Concat((project.History?.Migrations ?? []).Select(migration => migration.Script).OfType<WorkspaceFile>())).ToList();
        if (files.Count > 0 && files.All(file => file.Text is null))
        {
            throw new InputException(files[0].Problem!);
        }
    }

    private static string NothingFound(string path, Repository workspace)
    {
        if (!workspace.OtherProviderProjects.IsEmpty)
        {
            var named = string.Join(", ", workspace.OtherProviderProjects.Select(project => $"{project.SchemaPath ?? project.ExpectedMigrationsPath} ({project.Provider})"));
            return $"{path} has no Prisma schema for PostgreSQL; those for other databases are left alone: {named}.";
        }

        var nested = workspace.NestedRepositories.IsEmpty ? "" : $" It holds other repositories, which are audited by themselves: {string.Join(", ", workspace.NestedRepositories)}.";
        return workspace.Files.IsEmpty && nested.Length == 0
            ? $"{path} is empty: there is nothing to audit."
            : $"{path} has neither a Prisma schema nor Prisma migrations.{nested} Name another folder, or name the schema in plumb.yaml under \"projects\".";
    }
}
