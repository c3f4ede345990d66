using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules;
using Plumbline.Audit.Sources;
using Plumbline.Audit.Status;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb rules</c>: what is checked.</summary>
internal static class RulesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console)
    {
        var command = new Command("rules", "List the rules");
        var format = SharedOptions.Format("terminal", "json", "markdown");
        var area = new Option<string[]>("--area")
        {
            Description = "List only the rules of these areas",
            HelpName = "AREA",
            AllowMultipleArgumentsPerToken = true,
            Validators = { result => CallChecker.CheckValue(result, "area", RuleCatalog.Areas, isList: true) },
        };
        command.Options.Add(area);
        command.Options.Add(format);
        shared.AddTo(command);
        command.SetAction(result =>
        {
            List<string> areas = [.. (result.GetValue(area) ?? []).SelectMany(RuleSelection.Parts)];
            var rules = RuleCatalog.Descriptors.Where(rule => areas.Count == 0 || areas.Contains(rule.Area)).ToList();
            CommandSettings.Of(result, shared, console).Write(result.GetRequiredValue(format), output =>
            {
                switch (result.GetValue(format))
                {
                    case "json":
                        WriteJson(rules, output);
                        break;
                    case "markdown":
                        output.Write(RulePage.RenderIndex([.. rules]));
                        break;
                    default:
                        WriteList(rules, output);
                        break;
                }
            });
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Lists rules by area.</summary>
    public static void WriteList(IReadOnlyCollection<RuleDescriptor> rules, TextWriter output)
    {
        var width = rules.Count == 0 ? 0 : rules.Max(rule => rule.Name.Length);
        foreach (var area in rules.GroupBy(rule => rule.Area))
        {
            output.WriteLine(area.Key);
            foreach (var rule in area)
            {
                output.WriteLine($"  {rule.Name.PadRight(width)}  {rule.Severity.Name(),-8}  {rule.Title}");
            }

            output.WriteLine();
        }

        output.WriteLine($"{Plural.Of(rules.Count, "rule", "rules")}. \"plumb explain RULE\" shows what a rule checks, why it matters and how to fix what it finds.");
    }

    private static void WriteJson(List<RuleDescriptor> rules, TextWriter output)
    {
        Utf8Output.Write(output, stream =>
        {
            using var writer = new Utf8JsonWriter(
                stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            writer.WriteStartArray();
            foreach (var rule in rules)
            {
                writer.WriteStartObject();
                writer.WriteString("rule", rule.Name);
                writer.WriteString("area", rule.Area);
                writer.WriteString("severity", rule.Severity.Name());
                writer.WriteString("title", rule.Title);
                writer.WriteStartArray("needs");
                foreach (var need in rule.Needs)
                {
                    writer.WriteStringValue(need.Name());
                }

                writer.WriteEndArray();
                writer.WriteBoolean("fix", rule.HasFix);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
        output.WriteLine();
    }
}
