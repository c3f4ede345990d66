using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Rules;
using Plumbline.Cli.OneShot;
using Plumbline.Cli.Terminal;
using Plumbline.Schema.Text;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb audit</c>: the main job.</summary>
internal sealed class AuditCommand
{
    private const string Never = "never";

    private readonly Argument<string> _path = SharedOptions.Path();
    private readonly Option<string> _format = SharedOptions.Format(AuditOutput.Formats);
    private readonly Option<string[]> _rules = RuleSelection.Option();
    private readonly Option<string?> _now = BaselineCommand.NowOption();
    private readonly Option<bool> _noBaseline = new("--no-baseline") { Description = $"Also report the findings that {BaselineFile.FileName} accepts" };
    private readonly Option<bool> _live = new("--live") { Description = "Also compare with the database that \"plumb url\" resolves" };
    private readonly Option<string?> _database = SharedOptions.Database("Also compare the schema and migrations with this database");
    private readonly Option<string?> _shadow = new("--shadow") { Description = "Also run the migrations in a temporary database on this server", HelpName = "URL" };
    private readonly Option<string?> _since = new("--since") { Description = "Treat migrations added since this revision as unapplied", HelpName = "REV" };
    private readonly Option<string> _failOn = new("--fail-on")
    {
        Description = "Exit with 1 if any finding has this severity or higher: critical, high, medium, low, info, or never",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => Severity.High.Name(),
        Validators = { result => CallChecker.CheckValue(result, "severity", [.. SeverityNames.All, Never]) },
    };

    private readonly Option<string[]> _areas = new("--area")
    {
        Description = "Run only the rules of these areas, such as drift or drift,index",
        HelpName = "AREA",
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => CallChecker.CheckValue(result, "area", RuleCatalog.Areas, isList: true) },
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
        var command = new Command("audit", "Audit a repository: its Prisma schemas, its migrations and, optionally, a live database") { Arguments = { audit._path } };
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
        if (HoldsFolders(call.GetRequiredValue(_path)))
        {
            _ = ComparisonRehearsal.Begin();
        }

        var settings = CommandSettings.Of(call, _shared, _console);
        var (result, wasInterrupted) = Audit(RequestOf(call, settings), settings);
        foreach (var schema in result.Schemas)
        {
            _console.Secrets.Learn(schema);
        }

        // What a finding tells is not told twice.
        var told = result.Findings.SelectMany(finding => finding.Occurrences).Where(occurrence => occurrence.Rule is "migration/unreadable" or "schema/invalid")
            .SelectMany(occurrence => occurrence.Locations).Select(location => location.Place.Path).ToList();
        foreach (var problem in result.Repository.Diagnostics.Where(problem => problem.Code != ReadingBudget.Code && !told.Exists(path => problem.Location.Path == path || problem.Location.Path.StartsWith(path + "/", StringComparison.Ordinal))))
        {
            _console.Report(problem);
        }

        Severity? failOn = SeverityNames.TryParse(call.GetRequiredValue(_failOn), out var severity) ? severity : null;
        var audit = new AuditOutput(result, call.GetRequiredValue(_path), failOn);
        settings.Write(call.GetRequiredValue(_format), output => audit.Write(call.GetRequiredValue(_format), output, settings));
        if (wasInterrupted)
        {
            throw new OperationCanceledException(_cancellation);
        }

        audit.ThrowIfUnfinished();
        return result.Incomplete.Any(item => item.WasAskedFor) ? ExitCode.Unfinished
            : result.Findings.Any(finding => finding.Severity >= failOn) ? ExitCode.Findings
            : ExitCode.Done;
    }

    // Migrations are in folders: without any, there is nothing to rehearse for. What cannot be read is reported when it is listed.
    private static bool HoldsFolders(string path)
    {
        try
        {
            return Directory.EnumerateDirectories(path).Any(folder => Path.GetFileName(folder) != ".git");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private (AuditResult Result, bool WasInterrupted) Audit(AuditRequest request, CommandSettings settings)
    {
        using var progress = new ProgressLine(_console, settings.IsQuiet);
        var session = new AuditSession(request, progress, _cancellation);
        return (session.Run(), session.WasInterrupted);
    }

    private AuditRequest RequestOf(ParseResult call, CommandSettings settings) => new()
    {
        Path = call.GetRequiredValue(_path),
        ConfigurationFile = settings.Config,
        Rules = RuleSelection.Of(call.GetValue(_rules) ?? []),
        Areas = [.. (call.GetValue(_areas) ?? []).SelectMany(RuleSelection.Parts).Distinct(StringComparer.Ordinal)],
        Since = call.GetValue(_since),
        UsesBaseline = !call.GetValue(_noBaseline),
        Today = BaselineCommand.DayOf(call.GetValue(_now)),
        IsLive = call.GetValue(_live),
        Database = call.GetValue(_database),
        Shadow = call.GetValue(_shadow),
        ShowsViews = call.GetRequiredValue(_format) is "json" or "markdown",
        Process = new ProcessEnvironment(_console.Variable),
    };
}
