using System.CommandLine;
using Plumbline.Audit.Reports.Diff;
using Plumbline.Audit.Sources;
using Plumbline.Cli.OneShot;
using Plumbline.Cli.Terminal;
using Plumbline.Schema.Comparison;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb diff</c>: two sources compared.</summary>
internal static class DiffCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var from = new Argument<string>("from") { HelpName = "FROM", Description = "The source to compare from: a .prisma file or a folder of them, a migrations folder, a .sql file, a Markdown document, a .json snapshot, REV:PATH, or the postgresql:// URL of a database" };
        var to = new Argument<string>("to") { HelpName = "TO", Description = "The source to compare to, in any of the same forms" };
        var format = SharedOptions.Format("terminal", "markdown", "json", "sql");
        var ignore = SourceCommands.Ignore(() => ComparisonOptions.KnownKinds);
        var command = new Command("diff", "Compare two sources and show what turns FROM into TO") { Arguments = { from, to }, Options = { format, ignore } };
        shared.AddTo(command);
        command.SetAction(call =>
        {
            _ = ComparisonRehearsal.Begin();
            var settings = CommandSettings.Of(call, shared, console);
            var (fromSource, toSource, comparison) = Compare(
                call.GetRequiredValue(from), call.GetRequiredValue(to), SourceCommands.Kinds(call, ignore), settings, cancellation);
            var isWrong = SourceCommands.Report(fromSource, settings) | SourceCommands.Report(toSource, settings);
            settings.Write(call.GetRequiredValue(format), output =>
            {
                switch (call.GetRequiredValue(format))
                {
                    case "json":
                        Utf8Output.Write(output, stream => DiffJson.Write(fromSource, toSource, comparison, stream));
                        break;
                    case "sql":
                        DiffSql.Write(comparison, output);
                        break;
                    case "markdown":
                        DiffMarkdown.Write(fromSource, toSource, comparison, output);
                        break;
                    default:
                        DiffPage.Write(fromSource, toSource, comparison, new TerminalPage(output, settings.UsesColor, settings.Width), settings.IsVerbose);
                        break;
                }
            });
            isWrong |= fromSource.IsRefusedWhole || toSource.IsRefusedWhole;
            return isWrong ? ExitCode.WrongInput : comparison.Changes.IsEmpty ? ExitCode.Done : ExitCode.Findings;
        });
        return command;
    }

    private static (Source From, Source To, SchemaComparison Comparison) Compare(
        string from, string to, string[] ignore, CommandSettings settings, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(settings.Console, settings.IsQuiet);
        progress.Report($"Reading {SourceLoader.Shown(from)} and {SourceLoader.Shown(to)}");
        var (fromSource, toSource) = new SourceLoader(settings.ReadConfiguration).Load(from, to, cancellation);
        progress.Report("Comparing");
        return (fromSource, toSource, SourceComparison.Compare(fromSource, toSource, new ComparisonOptions { IgnoredKinds = [.. ignore] }));
    }
}
