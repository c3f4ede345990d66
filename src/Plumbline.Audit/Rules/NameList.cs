namespace Plumbline.Audit.Rules;

/// <summary>Lists names in a sentence.</summary>
internal static class NameList
{
    /// <summary>How many names are written out at most.</summary>
    public const int Named = 8;

    /// <summary>The names as a list in a sentence: <c>a, b and c</c>; of many names the first eight and how many more there are.</summary>
    public static string Of(IReadOnlyList<string> names) => names switch
    {
        [] => "",
        [var only] => only,
        { Count: <= Named } => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more",
    };
}
