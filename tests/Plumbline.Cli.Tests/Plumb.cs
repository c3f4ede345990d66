using System.Diagnostics;
using Plumbline.Testing;

namespace Plumbline.Cli.Tests;

/// <summary>Runs the program.</summary>
internal static class Plumb
{
    /// <summary>Runs a command line in this process.</summary>
    public static CommandResult Run(params string[] arguments) => Run(new Surroundings(), arguments);

    /// <summary>Runs a command line in this process, in other surroundings.</summary>
    public static CommandResult Run(Surroundings surroundings, params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var console = new CommandConsole
        {
            Out = output,
            Error = error,
            IsOutTerminal = surroundings.IsTerminal,
            IsErrorTerminal = surroundings.IsTerminal,
            Width = surroundings.IsTerminal ? 100 : null,
            Variable = name => name == surroundings.Variable ? "1" : surroundings.Variables?.GetValueOrDefault(name),
        };
        var exitCode = PlumbProgram.Run(arguments, console, TestContext.Current.CancellationToken);
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the program as a process of its own, with no more memory than it may take.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="mebibytes">How much memory its objects may take.</param>
    /// <param name="arguments">Its arguments.</param>
    public static CommandResult Start(string folder, int mebibytes, params string[] arguments) => Command.Run(
        Program,
        arguments,
        folder: folder,
        environment: new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = (mebibytes * 1024L * 1024).ToString("X", System.Globalization.CultureInfo.InvariantCulture) },
        timeout: TimeSpan.FromMinutes(1));

    /// <summary>Runs the program as a process of its own, free to take what memory it likes, and looks at how much that is.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it left, and the most memory that was ever resident, in bytes: the kernel's own high-water mark, read until the end.</returns>
    /// <exception cref="TimeoutException">It did not end within a minute.</exception>
    public static (CommandResult Result, long Peak) Measure(string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var watch = Stopwatch.StartNew();
        var peak = 0L;
        while (!process.WaitForExit(5))
        {
            try
            {
                process.Refresh();
                peak = Math.Max(peak, process.PeakWorkingSet64);
            }
            catch (InvalidOperationException)
            {
                // It ended in the meantime.
            }

            if (watch.Elapsed > TimeSpan.FromMinutes(1))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"'plumb {string.Join(' ', arguments)}' did not end in time.");
            }
        }

        return (new CommandResult(process.ExitCode, output.Result, error.Result), peak);
    }

    /// <summary>Full path of the program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "plumb");
}

/// <summary>What surrounds a command.</summary>
/// <param name="IsTerminal">Whether a person watches.</param>
/// <param name="Variable">An environment variable that is set.</param>
/// <param name="Variables">Environment variables with their values.</param>
internal sealed record Surroundings(bool IsTerminal = false, string? Variable = null, IReadOnlyDictionary<string, string>? Variables = null);
