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
                var known = command.Options.Select(option => option.Name).Append("--help").ToList();
                if (known.Contains(written))
                {
                    return $"\"{written}\" cannot stand here. Options come after the command, and the value of an option comes right after it. \"{name} --help\" shows examples.";
                }

                return $"{name} has no option \"{written}\".{NearestName.Hint(written, known)} \"{name} --help\" lists its options.";
            }
        }

        foreach (var token in result.UnmatchedTokens)
        {
            return isRoot && token == "help"
                ? "There is no command \"help\". Use \"plumb --help\", or \"plumb COMMAND --help\"."
                : isRoot
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

        return FindWrongValue(result, name);
    }

    // No name of a file or a revision is empty or holds a NUL, on any system.
    private static string? FindWrongValue(ParseResult result, string name)
    {
        foreach (var symbol in result.CommandResult.Children)
        {
            foreach (var token in symbol.Tokens)
            {
                var what = symbol is OptionResult option ? $"The option \"{option.Option.Name}\"" : $"An argument of {name}";
                if (token.Value.Length == 0)
                {
                    return $"{what} has an empty value.";
                }

                if (token.Value.Contains('\0', StringComparison.Ordinal))
                {
                    return $"{what} contains a NUL character.";
                }
            }
        }

        return null;
    }

    /// <summary>Refuses values that are not known.</summary>
    /// <param name="result">The option.</param>
    /// <param name="what">What its values are the names of.</param>
    /// <param name="known">The known ones.</param>
    /// <param name="isList">Whether a value may hold several, with commas between them.</param>
    public static void CheckValue(OptionResult result, string what, IEnumerable<string> known, bool isList = false)
    {
        foreach (var value in result.Tokens.SelectMany(token => isList ? RuleSelection.Parts(token.Value) : [token.Value]))
        {
            if (!known.Contains(value))
            {
                var hint = NearestName.Hint(value, known);
                result.AddError($"There is no {what} \"{value}\".{hint} Known: {string.Join(", ", known)}.");
            }
        }
    }

    private static string Takes(Command command) =>
        command.Arguments.Count == 0
            ? "no arguments"
            : string.Join(" and ", command.Arguments.Select(argument => argument.HelpName ?? argument.Name.ToUpperInvariant()));
}
