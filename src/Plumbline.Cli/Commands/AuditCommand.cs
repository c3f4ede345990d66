using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Facts;
using Plumbline.Audit.History;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Workspace;
using Plumbline.Cli.Terminal;
using Plumbline.PostgreSql.Catalog;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb audit</c>: the main job.</summary>
internal sealed class AuditCommand
{
    private const string Never = "never";

    private readonly Argument<string> _path = SharedOptions.Path();
    private readonly Option<string> _format = SharedOptions.Format(AuditOutput.Formats);
    private readonly Option<string[]> _rules = RuleSelection.Option();
    private readonly Option<string?> _now = BaselineCommand.NowOption();
    private readonly Option<bool> _noBaseline = new("--no-baseline") { Description = $"Report the findings that {BaselineFile.FileName} accepts as well" };
    private readonly Option<bool> _live = new("--live") { Description = "Also compare with the database that \"plumb url\" resolves" };
    private readonly Option<string?> _database = DatabaseArguments.Option("Also compare schema and migrations with this database");
    private readonly Option<string?> _shadow = new("--shadow") { Description = "Also run the migrations in a temporary database on this server", HelpName = "URL" };
    private readonly Option<string?> _since = new("--since") { Description = "Treat migrations added since this revision as unapplied", HelpName = "REV" };
    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Exit with 1 if there is a finding of this severity or higher: critical, high, medium, low, info, or never",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => Severity.High.Name(),
        Validators = { result => CallChecker.CheckValue(result, "severity", [.. SeverityNames.All, Never]) },
    };

    private readonly Option<string[]> _areas = new("--area")
    {
        Description = "Run only the rules of these areas",
        HelpName = "AREA",
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => CallChecker.CheckValue(result, "area", RuleCatalog.Areas) },
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
        var command = new Command("audit", "Audit a repository: compare its Prisma schemas with its migrations and, if asked, with a database") { Arguments = { audit._path } };
        foreach (var option in (ReadOnlySpan<Option>)[
            audit._format, audit._failOn, audit._rules, audit._areas, audit._since, audit._database, audit._live, audit._shadow, audit._noBaseline, audit._now])
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
        var (result, wasInterrupted) = Audit(call, path, settings);
        foreach (var problem in result.Repository.Diagnostics)
        {
            _console.Report(problem);
        }

        Severity? failOn = SeverityNames.TryParse(call.GetRequiredValue(_failOn), out var severity) ? severity : null;
        var audit = new AuditOutput(result, path, failOn);
        settings.Write(output => audit.Write(call.GetRequiredValue(_format), output, settings));
        if (wasInterrupted)
        {
            throw new OperationCanceledException(_cancellation);
        }

        return result.Incomplete.Any(item => item.WasAskedFor) ? ExitCode.Unfinished
            : result.Findings.Any(finding => finding.Severity >= failOn) ? ExitCode.Findings
            : ExitCode.Done;
    }

    private (AuditResult Result, bool WasInterrupted) Audit(ParseResult call, string path, CommandSettings settings)
    {
        using var progress = new ProgressLine(_console, settings.IsQuiet);
        progress.Report("Reading " + path);
        var configuration = settings.ReadConfiguration(path);
        var repository = RepositoryReader.Open(path, configuration, _cancellation);
        var options = OptionsOf(call, configuration, repository);
        if (call.GetValue(_database) is not null || call.GetValue(_live))
        {
            progress.Report("Reading the database");
            options = options with { Databases = DatabaseArguments.Read(call.GetValue(_database), repository, configuration, _console, _cancellation) };
        }

        // An interrupt while the database is read ends that alone: what needs no database is still reported.
        var wasInterrupted = options.Databases.Values.Any(database => database.Failure?.Failure == CatalogFailure.Interrupted);
        if (call.GetValue(_shadow) is { } shadow)
        {
            progress.Report("Running the migrations in a shadow database");
            options = options with { Shadows = DatabaseArguments.RunShadow(shadow, repository, options, _cancellation) };
        }

        return (Auditor.Run(repository, options, progress, wasInterrupted ? CancellationToken.None : _cancellation), wasInterrupted);
    }

    private AuditOptions OptionsOf(ParseResult call, AuditConfiguration configuration, Repository repository) => AuditOptions.From(configuration) with
    {
        Process = new ProcessEnvironment(_console.Variable),
        Rules = RuleSelection.Of(call.GetValue(_rules) ?? []),
        Areas = [.. call.GetValue(_areas) ?? []],
        ShowsViews = call.GetRequiredValue(_format) is "json" or "markdown",
        PendingMigrations = call.GetValue(_since) is { } revision ? LaterMigrations.Since(repository, revision) : [],
        Baseline = call.GetValue(_noBaseline) ? [] : BaselineFile.ForFolder(repository.Root, repository.RepositoryRoot).Accepted(BaselineCommand.Today(call.GetValue(_now))),
    };
}
