using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Cli.Outgoing;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb baseline</c>: accepts today's findings, so that later audits report only new ones.</summary>
internal static class BaselineCommand
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var path = SharedOptions.Path();
        var now = NowOption();
        var command = new Command("baseline", $"Accept today's findings in {BaselineFile.FileName}; later audits report only new ones") { Arguments = { path }, Options = { now } };
        shared.AddTo(command);
        command.SetAction(call =>
        {
            var settings = CommandSettings.Of(call, shared, console);
            var (repository, occurrences) = Audit(call.GetRequiredValue(path), settings, cancellation);
            var known = BaselineFile.ForFolder(repository.Root, repository.RepositoryRoot);
            var today = DayOf(call.GetValue(now)) ?? AuditRequest.CurrentDay;
            var baseline = known.With(occurrences.Select(o => new BaselineEntry(o.Fingerprint, o.Rule, o.Subject.ToString(), today)));
            var file = settings.Output ?? Path.Combine(repository.Root, BaselineFile.FileName);
            OutputFile.Write(file, output =>
            {
                using var writer = new OutgoingWriter(output, OutgoingForm.Text, console.Secrets);
                writer.Write(baseline.ToString());
            }, isNamed: settings.Output is not null);
            if (!settings.IsQuiet)
            {
                var count = Plural.Of(baseline.Entries.Length, "occurrence", "occurrences");
                console.Out.WriteLine(Path.GetFullPath(file) == Path.Combine(repository.Root, BaselineFile.FileName)
                    ? $"{count} accepted in {settings.Output ?? BaselineFile.FileName}. plumb audit reports only new ones; --no-baseline reports all."
                    : $"{count} written to {settings.Output}. plumb audit reads only {BaselineFile.FileName} in the repository.");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The option that says which day it is.</summary>
    public static Option<string?> NowOption() => new("--now")
    {
        Description = "Use this date as today's date, such as 2026-01-31",
        HelpName = "DATE",
        Validators =
        {
            result =>
            {
                foreach (var token in result.Tokens.Where(token => !TryParse(token.Value, out _)))
                {
                    result.AddError($"--now: \"{token.Value}\" is not a date such as 2026-01-31.");
                }
            },
        },
    };

    /// <summary>The day that the option names; null where it names none.</summary>
    public static DateOnly? DayOf(string? now) => now is not null && TryParse(now, out var day) ? day : null;

    private static bool TryParse(string text, out DateOnly day) => DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static (Repository Repository, ImmutableArray<Occurrence> Occurrences) Audit(string path, CommandSettings settings, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(settings.Console, settings.IsQuiet);
        var request = new AuditRequest { Path = path, ConfigurationFile = settings.Config, UsesBaseline = false, Process = new ProcessEnvironment(settings.Console.Variable) };
        var session = new AuditSession(request, progress, cancellation);
        return (session.Repository, session.AllOccurrences());
    }
}
