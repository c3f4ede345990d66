using System.Runtime.InteropServices;
using System.Text;
using Plumbline.Cli;
using Plumbline.Cli.OneShot;
using Plumbline.Cli.Terminal;

var cancellation = new CancellationTokenSource();
StreamWriter? error = null;
try
{
    FirstCollection.Postpone();
    TerminalName.Check();

    // There is one connection at most: what its server sends is best taken up by the thread that hears of it.
    Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    // What cannot be written at the end was reported when it was flushed: disposing of a writer would try again and fail where nobody looks.
    error = new StreamWriter(Console.OpenStandardError(), encoding, bufferSize: 1024) { AutoFlush = true };
    var output = new StreamWriter(Console.OpenStandardOutput(), encoding, bufferSize: 16 * 1024) { AutoFlush = false };
    PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
    PosixSignalRegistration[] registrations = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];

    var console = new CommandConsole
    {
        Out = output,
        Error = error,
        IsOutTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? null : TerminalWidth.Find(Environment.GetEnvironmentVariable),
        Variable = Environment.GetEnvironmentVariable,
    };

    var exitCode = PlumbProgram.Run(args, console, cancellation.Token);
    GC.KeepAlive(registrations);
    return exitCode;
}
catch (Exception exception)
{
    error?.WriteLine(PlumbProgram.FaultOf(exception));
    return ExitCode.Unfinished;
}

void Interrupt(PosixSignalContext context)
{
    context.Cancel = true;
    if (cancellation.IsCancellationRequested)
    {
        Leave();
    }

    // What is under way looks at the token at its next step; a step that takes too long ends where it is, or immediately if the user interrupts twice.
    cancellation.Cancel();
    _ = Task.Delay(TimeSpan.FromSeconds(5)).ContinueWith(_ => Leave(), TaskScheduler.Default);
}

void Leave()
{
    error?.WriteLine("plumb: interrupted");
    Environment.Exit(ExitCode.Interrupted);
}
