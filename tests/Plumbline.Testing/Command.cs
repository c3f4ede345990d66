using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Plumbline.Testing;

/// <summary>What a finished program left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to its standard output.</param>
/// <param name="Error">What it wrote to its standard error.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The result itself where the program succeeded.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public CommandResult EnsureSuccess() =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"A program ended with exit code {ExitCode}:\n{Error}\n{Output}");
}

/// <summary>Runs other programs.</summary>
public static class Command
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name or path.</param>
    /// <param name="arguments">Its arguments, as they are.</param>
    /// <param name="input">What it reads from its standard input; null for nothing.</param>
    /// <param name="folder">Where it runs; null for here.</param>
    /// <param name="environment">Variables to set beside the inherited ones.</param>
    /// <param name="timeout">After this it is killed; null for two minutes.</param>
    /// <exception cref="InvalidOperationException">The program is not there.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static CommandResult Run(
        string program,
        IEnumerable<string> arguments,
        string? input = null,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"The tests need the program '{program}', which could not be started: {e.Message}", e);
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            try
            {
                if (input is not null)
                {
                    process.StandardInput.Write(input);
                }

                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The program ended without reading all of its input; its exit code tells.
            }

            if (!process.WaitForExit(timeout ?? TimeSpan.FromMinutes(2)))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end in time.");
            }

            return new CommandResult(process.ExitCode, output.Result, error.Result);
        }
    }
}
