namespace Plumbline.Audit.Workspace.Files;

/// <summary>The names that environment files go by: <c>.env</c>, <c>.env.*</c>, <c>*.env</c>, <c>env.sample</c>.</summary>
internal static class EnvironmentFileNames
{
    private static readonly string[] TemplateWords = ["example", "sample", "template", "dist", "defaults", "schema", "tpl"];

    /// <summary>Whether a file's name is that of an environment file.</summary>
    public static bool IsName(string name) =>
        name == ".env" || name.StartsWith(".env.", StringComparison.Ordinal) || (name.EndsWith(".env", StringComparison.Ordinal) && name.Length > 4) ||
        (name.StartsWith("env.", StringComparison.Ordinal) && IsTemplateWord(name[4..]));

    /// <summary>Whether a file of that name is there to be copied, and read by nobody.</summary>
    public static bool IsTemplate(string name) => Array.Exists(name.Split('.'), IsTemplateWord);

    /// <summary>Whether a part of a name marks a file that is there to be copied.</summary>
    public static bool IsTemplateWord(string word) => TemplateWords.Contains(word, StringComparer.OrdinalIgnoreCase);
}
