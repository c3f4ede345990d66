using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Sources;
using Plumbline.Cli.Commands;

namespace Plumbline.Cli;

/// <summary>The program, apart from the process that it runs in.</summary>
internal static class PlumbProgram
{
    /// <summary>Runs a command line and gives its exit code. Nothing is thrown: whatever goes wrong becomes one message.</summary>
    public static int Run(IReadOnlyList<string> arguments, CommandConsole console, CancellationToken cancellation)
    {
        console = console.Guarded();
        console.Secrets.LearnArguments(arguments);
        var exitCode = Guarded(arguments, console, cancellation);
        console.Error.Flush();
        return exitCode;
    }

    private static int Guarded(IReadOnlyList<string> arguments, CommandConsole console, CancellationToken cancellation)
    {
        try
        {
            var exitCode = Execute(arguments, console, cancellation);
            console.Out.Flush();
            return exitCode;
        }
        catch (InputException exception)
        {
            TryFlush(console.Out);
            foreach (var diagnostic in exception.Diagnostics)
            {
                console.Report(diagnostic);
            }

            if (exception.Diagnostics.IsEmpty)
            {
                console.Error.WriteLine("plumb: error: " + exception.Message);
            }

            return ExitCode.WrongInput;
        }
        catch (UnfinishedException exception)
        {
            console.Error.WriteLine("plumb: error: " + exception.Message);
            return ExitCode.Unfinished;
        }
        catch (SourceUnavailableException exception)
        {
            TryFlush(console.Out);
            console.Error.WriteLine("plumb: error: " + exception.Message);
            return ExitCode.Unfinished;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("plumb: interrupted");
            return ExitCode.Interrupted;
        }
        catch (AggregateException exception) when (exception.Flatten().InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            console.Error.WriteLine("plumb: interrupted");
            return ExitCode.Interrupted;
        }
        catch (IOException) when (!CurrentDirectoryExists())
        {
            console.Error.WriteLine("plumb: error: The current directory does not exist.");
            return ExitCode.WrongInput;
        }
        catch (IOException exception)
        {
            console.Error.WriteLine($"plumb: error: The output could not be written: {Reason(exception)}");
            return ExitCode.Unfinished;
        }
        catch (Exception exception)
        {
            console.Error.WriteLine(FaultOf(exception));
            return ExitCode.Unfinished;
        }
    }

    /// <summary>
    /// The last resort: what to say about a fault of the program itself. Its kind and place are what a report needs; a stack trace helps nobody at a terminal.
    /// </summary>
    public static string FaultOf(Exception exception)
    {
        var place = exception.StackTrace?.Split('\n')[0].Trim() ?? "at an unknown place";
        return $"plumb: error: This is a bug in plumb, not in your files: {exception.GetType().Name} {place}. Please report it with the command and, if possible, the file that caused it.";
    }

    /// <summary>The system's number for a file that is longer than it may be (EFBIG).</summary>
    public const int FileTooLong = 27;

    /// <summary>Why writing failed, as a sentence.</summary>
    public static string Reason(IOException exception) => (exception.HResult & 0xFFFF) switch
    {
        FileTooLong => "the file is longer than the system allows.",
        28 => "the disk is full.",
        30 => "the file system is read-only.",
        _ => "input/output error.",
    };

    private static int Execute(IReadOnlyList<string> arguments, CommandConsole console, CancellationToken cancellation)
    {
        var line = new PlumbCommandLine(console, cancellation);
        if (arguments.Count == 0)
        {
            arguments = ["--help"];
        }

        var result = line.Root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        return CallChecker.FindError(result) is { } problem
            ? throw new InputException(problem)
            : result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = console.Out, Error = console.Error });
    }

    private static bool CurrentDirectoryExists()
    {
        try
        {
            return Directory.Exists(Directory.GetCurrentDirectory());
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void TryFlush(TextWriter writer)
    {
        try
        {
            writer.Flush();
        }
        catch (IOException)
        {
            // The message that follows matters more.
        }
    }
}
