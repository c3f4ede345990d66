using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb explain</c>: what one rule checks, and why.</summary>
internal static class ExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console)
    {
        var command = new Command("explain", "Say what a rule checks, why it matters, and how to mend what it finds.");
        var name = new Argument<string>("rule") { HelpName = "RULE", Description = "The rule's name, such as drift/missing-column." };
        var format = SharedOptions.Format("terminal", "markdown");
        command.Arguments.Add(name);
        command.Options.Add(format);
        shared.AddTo(command);
        command.SetAction(result =>
        {
            var written = result.GetRequiredValue(name);
            var rule = Find(written);
            var settings = CommandSettings.Of(result, shared, console);
            settings.Write(output =>
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
            : throw new InputException($"There is no rule \"{written}\".{NearestName.Hint(written, RuleCatalog.Descriptors.Select(candidate => candidate.Name))} \"plumb rules\" lists them.");
    }
}
