using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb explain</c>: what a rule checks, and why.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console)
    {
        var command = new Command("explain", "Show what a rule checks, why it matters, and how to fix what it finds");
        var name = new Argument<string>("rule") { HelpName = "RULE", Description = "The name of a rule, such as drift/missing-column, or of an area, such as drift" };
        var format = SharedOptions.Format("terminal", "markdown");
        command.Arguments.Add(name);
        command.Options.Add(format);
        shared.AddTo(command);
        command.SetAction(result =>
        {
            var written = result.GetRequiredValue(name);
            var settings = CommandSettings.Of(result, shared, console);
            if (RuleCatalog.Areas.Contains(written))
            {
                List<RuleDescriptor> area = [.. RuleCatalog.Descriptors.Where(candidate => candidate.Area == written)];
                settings.Write(result.GetRequiredValue(format), output => WriteArea(area, result.GetRequiredValue(format), output));
                return ExitCode.Done;
            }

            var rule = Find(written);
            settings.Write(result.GetRequiredValue(format), output =>
            {
                if (result.GetValue(format) == "markdown")
                {
                    output.Write(RulePage.Render(rule));
                }
                else
                {
                    RuleText.Write(rule, new TerminalPage(output, settings.UsesColor, settings.Width));
                }
            });
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteArea(List<RuleDescriptor> rules, string format, TextWriter output)
    {
        if (format == "markdown")
        {
            output.Write(RulePage.RenderIndex([.. rules]));
        }
        else
        {
            RulesCommand.WriteList(rules, output);
        }
    }

    private static RuleDescriptor Find(string written)
    {
        if (RuleCatalog.Find(written) is { } rule)
        {
            return rule;
        }

        // The part behind the slash is enough where only one area has it.
        var ends = RuleCatalog.Descriptors.Where(candidate => candidate.Name.EndsWith("/" + written, StringComparison.Ordinal)).ToList();
        return ends.Count == 1
            ? ends[0]
            : throw new InputException($"There is no rule or area \"{written}\".{NearestName.Hint(written, RuleCatalog.Descriptors.Select(candidate => candidate.Name).Concat(RuleCatalog.Areas))} \"plumb rules\" lists them.");
    }
}
