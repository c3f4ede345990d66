namespace Plumbline.Audit.Rules;

/// <summary>Lists names in a sentence.</summary>
internal static class NameList
{
    private const int Named = 8;

    /// <summary>The names, with commas between them; of many names the first eight and how many more there are.</summary>
    public static string Of(IReadOnlyList<string> names) =>
        names.Count <= Named ? string.Join(", ", names) : $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more";
}
