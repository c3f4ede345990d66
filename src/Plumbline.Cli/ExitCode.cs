namespace Plumbline.Cli;

/// <summary>What the exit codes mean.</summary>
internal static class ExitCode
{
    /// <summary>Done: nothing at or above <c>--fail-on</c>, no difference, nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Done, and there are findings or differences.</summary>
    public const int Findings = 1;

    /// <summary>The input or the call is wrong.</summary>
    public const int WrongInput = 2;

    /// <summary>What was requested could not be finished.</summary>
    public const int Unfinished = 3;

    /// <summary>Interrupted by the user.</summary>
    public const int Interrupted = 130;
}
