using System.CommandLine;
using System.CommandLine.Invocation;

namespace Plumbline.Cli.Commands;

/// <summary>Prints the program's version.</summary>
internal sealed class VersionAction(CommandConsole console) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool Terminating => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        console.Out.WriteLine("plumb " + typeof(VersionAction).Assembly.GetName().Version!.ToString(3));
        return ExitCode.Done;
    }
}
