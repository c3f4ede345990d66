using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Rules;

namespace Plumbline.Cli.Commands;

/// <summary>The rules that <c>--rule</c> names: names, and patterns such as <c>drift/*</c>, separated by commas or blanks.</summary>
internal static class RuleSelection
{
    /// <summary>The option.</summary>
    public static Option<string[]> Option() => new("--rule")
    {
        Description = "Run only these rules, such as drift/missing-column, 'drift/*' or a,b",
        HelpName = "RULE",
        AllowMultipleArgumentsPerToken = true,
        Validators = { Check },
    };

    /// <summary>The names of the rules that some values stand for, sorted; empty where there are no values.</summary>
    public static ImmutableArray<string> Of(IEnumerable<string> values) =>
        [.. values.SelectMany(Parts).SelectMany(Matches).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static void Check(OptionResult result)
    {
        foreach (var part in result.Tokens.SelectMany(token => Parts(token.Value)).Where(part => !Matches(part).Any()))
        {
            var hint = NearestName.Hint(part, RuleCatalog.Descriptors.Select(rule => rule.Name));
            result.AddError(part.Contains('*', StringComparison.Ordinal)
                ? $"No rule matches \"{part}\". Areas: {string.Join(", ", RuleCatalog.Areas)}. \"plumb rules\" lists the rules."
                : $"There is no rule \"{part}\".{hint} \"plumb rules\" lists them.");
        }
    }

    /// <summary>The names in a value, which may hold several with commas between them.</summary>
    public static string[] Parts(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<string> Matches(string part) =>
        RuleCatalog.Descriptors.Select(rule => rule.Name).Where(name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: false));
}
