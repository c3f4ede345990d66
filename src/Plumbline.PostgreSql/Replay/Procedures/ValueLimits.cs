using System.Globalization;
using Plumbline.Schema.Text;

namespace Plumbline.PostgreSql.Replay.Procedures;

/// <summary>The limits of what is computed of a value, as clauses, and the sentences about values that are not known.</summary>
internal static class ValueLimits
{
    /// <summary>Of rows.</summary>
    public static string Rows { get; } = string.Create(CultureInfo.InvariantCulture, $"a query reads more than {ReadingBudget.BlockRows:N0} rows");

    /// <summary>Of what one block costs.</summary>
    public static string LookupsOfBlock { get; } = string.Create(CultureInfo.InvariantCulture, $"the block needs more than {ReadingBudget.BlockLookups:N0} look-ups");

    /// <summary>Of what all blocks cost.</summary>
    public static string LookupsOfHistory { get; } =
        string.Create(CultureInfo.InvariantCulture, $"the blocks of all migrations together need more than {ReadingBudget.HistoryLookups:N0} look-ups");

    /// <summary>Of the size of a value.</summary>
    public static string Size { get; } = string.Create(CultureInfo.InvariantCulture, $"a value has more than {ReadingBudget.ValueLength:N0} characters or items");

    /// <summary>Of the depth of an expression.</summary>
    public static string Depth { get; } = "an expression is nested too deeply";

    /// <summary>Of a regular expression.</summary>
    public static string RegularExpression { get; } = "a regular expression is too large";

    /// <summary>Of a pattern of LIKE.</summary>
    public static string Pattern { get; } = "a pattern is too large";

    /// <summary>The sentence that says why something is unknown.</summary>
    /// <param name="what">What, such as <c>The value of "x"</c>.</param>
    /// <param name="reason">One of the limits, or what it depends on.</param>
    /// <param name="isPlural">Whether it is several.</param>
    public static string Sentence(string what, string reason, bool isPlural = false) => IsLimit(reason)
        ? $"{what} {(isPlural ? "are" : "is")} not computed: {reason}."
        : $"{what} cannot be known without the data: {(isPlural ? "they depend" : "it depends")} on {reason}.";

    private static bool IsLimit(string reason) =>
        reason == Rows || reason == LookupsOfBlock || reason == LookupsOfHistory || reason == Size || reason == Depth || reason == RegularExpression || reason == Pattern;
}
