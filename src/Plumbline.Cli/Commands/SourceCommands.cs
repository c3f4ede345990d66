using System.CommandLine;
using Plumbline.Audit.Sources;

namespace Plumbline.Cli.Commands;

/// <summary>What the commands that read sources share.</summary>
internal static class SourceCommands
{
    /// <summary>The option that leaves kinds of things out.</summary>
    /// <param name="kinds">Names those that there are; asked only where the option is used.</param>
    public static Option<string[]> Ignore(Func<IReadOnlyCollection<string>> kinds) => new("--ignore")
    {
        Description = "Leave out these kinds of objects, such as grant, owner or comment",
        HelpName = "KIND",
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => CallChecker.CheckValue(result, "kind", kinds(), isList: true) },
    };

    /// <summary>The kinds that the option names.</summary>
    public static string[] Kinds(ParseResult call, Option<string[]> ignore) => [.. (call.GetValue(ignore) ?? []).SelectMany(RuleSelection.Parts)];

    /// <summary>Reports what is wrong with a source, and takes in its secrets.</summary>
    /// <returns>Whether something is.</returns>
    public static bool Report(Source source, CommandSettings settings)
    {
        settings.Console.Secrets.Learn(source.Schema);
        foreach (var diagnostic in source.Errors.Concat(source.Refusals).Concat(settings.IsVerbose ? source.Notes : []))
        {
            settings.Console.Report(diagnostic);
        }

        return source.IsWrong;
    }
}
