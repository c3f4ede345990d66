using System.CommandLine;
using System.CommandLine.Parsing;
using Plumbline.Audit.Configuration;

namespace Plumbline.Cli.Commands;

/// <summary>Reports what is wrong with a call, in one message that names the nearest right thing.</summary>
internal static class CallChecker
{
    /// <summary>What is wrong with a call; null where nothing is.</summary>
    public static string? FindError(ParseResult result)
    {
        if (result.Action is ExampleHelp or VersionAction)
        {
            return null;
        }

        var command = result.CommandResult.Command;
        var isRoot = command == result.RootCommandResult.Command;
        var name = isRoot ? PlumbCommandLine.Name : $"{PlumbCommandLine.Name} {command.Name}";
        // What looks like an option and is none is taken for an argument where one is free.
        foreach (var token in result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            if (token.Type == TokenType.Argument && token.Value.StartsWith('-') && token.Value.Length > 1)
            {
                var written = token.Value.Split('=', ':')[0];
                var known = command.Options.Select(option => option.Name).Append("--help");
                return $"{name} has no option \"{written}\".{NearestName.Hint(written, known)} \"{name} --help\" lists its options.";
            }
        }

        foreach (var token in result.UnmatchedTokens)
        {
            return isRoot
                ? $"There is no command \"{token}\".{NearestName.Hint(token, command.Subcommands.Select(sub => sub.Name))} \"plumb --help\" lists all commands."
                : $"{name} does not accept \"{token}\": it takes {Takes(command)}.";
        }

        if (isRoot && result.Errors.Count > 0 && result.Action is null or System.CommandLine.Invocation.ParseErrorAction)
        {
            return "No command was given. \"plumb --help\" lists all commands.";
        }

        foreach (var error in result.Errors)
        {
            return error.SymbolResult switch
            {
                OptionResult option when option.Tokens.Count == 0 && option.Option.Arity.MinimumNumberOfValues > 0 =>
                    $"The option \"{option.Option.Name}\" needs a value: {option.Option.Description}",
                OptionResult option when option.IdentifierTokenCount > 1 && option.Option.Arity.MaximumNumberOfValues == 1 =>
                    $"The option \"{option.Option.Name}\" can be given only once.",
                ArgumentResult { Tokens.Count: 0 } => $"{name} needs {Takes(command)}. \"{name} --help\" shows examples.",
                _ => error.Message,
            };
        }

        return null;
    }

    /// <summary>Refuses values that are not known.</summary>
    public static void CheckValue(OptionResult result, string what, IEnumerable<string> known)
    {
        foreach (var token in result.Tokens)
        {
            if (!known.Contains(token.Value))
            {
                var hint = NearestName.Hint(token.Value, known);
                result.AddError($"There is no {what} \"{token.Value}\".{hint} Known: {string.Join(", ", known)}.");
            }
        }
    }

    private static string Takes(Command command) =>
        command.Arguments.Count == 0
            ? "no arguments"
            : string.Join(" and ", command.Arguments.Select(argument => argument.HelpName ?? argument.Name.ToUpperInvariant()));
}
