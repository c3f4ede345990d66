namespace Plumbline.Cli.Terminal;

/// <summary>The name of the terminal, which the runtime takes for the name of a file when it writes for the first time, and fails where that is no description.</summary>
internal static class TerminalName
{
    private const string Variable = "TERM";

    /// <summary>Replaces a name that is none by that of a terminal that can do nothing; called before anything is written.</summary>
    public static void Check()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name && (name[0] == '.' || !name.All(IsOfName)))
        {
            Environment.SetEnvironmentVariable(Variable, "dumb");
        }
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '+' or '-';
}
