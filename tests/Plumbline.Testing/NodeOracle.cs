using System.Diagnostics;
using System.Text;

namespace Plumbline.Testing;

/// <summary>
/// A script in <c>tests/oracles</c> that answers questions, one line of JSON each way, for as long as the fixture lives. The
/// oracles' packages are installed at first use, from the lock file.
/// </summary>
public sealed class NodeOracle : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    /// <summary>Starts a script.</summary>
    /// <param name="script">Its file name in <c>tests/oracles</c>. It reads lines from standard input and writes a line for each.</param>
    /// <param name="environment">Variables to set beside the inherited ones.</param>
    /// <exception cref="InvalidOperationException">Node or npm is not there, or the packages could not be installed.</exception>
    public NodeOracle(string script, IReadOnlyDictionary<string, string>? environment = null)
    {
        Install();
        var start = new ProcessStartInfo("node", ["--no-warnings", "--experimental-wasm-modules", script])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(e.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The folder of the scripts and their packages.</summary>
    public static string Folder => ProjectRoot.Combine("tests", "oracles");

    /// <summary>Installs the packages where they are not there yet.</summary>
    /// <exception cref="InvalidOperationException">Node or npm is not there, or the packages could not be installed.</exception>
    public static void Install() => NpmPackages.Install(Folder);

    /// <summary>Asks one question.</summary>
    /// <param name="question">One line, usually JSON.</param>
    /// <returns>The line that the script answered.</returns>
    /// <exception cref="InvalidOperationException">The script ended.</exception>
    public string Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine();
        if (answer is null)
        {
            _process.WaitForExit();
            lock (_errors)
            {
                throw new InvalidOperationException($"The oracle ended with exit code {_process.ExitCode}:\n{_errors}");
            }
        }

        return answer;
    }

    /// <summary>Ends the script.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
