using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Audit.Reports;
using Plumbline.Audit.Reports.Document;
using Plumbline.Cli.Outgoing;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary>Writes an audit in one of its formats.</summary>
/// <param name="Result">The audit.</param>
/// <param name="Path">The path that was asked to be audited, as it was given.</param>
/// <param name="FailOn">The severity from which on the exit code is 1; null where it never is.</param>
internal sealed record AuditOutput(AuditResult Result, string Path, Severity? FailOn)
{
    private const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    private string? _problem;

    /// <summary>The formats; the first is the default.</summary>
    public static string[] Formats { get; } = ["terminal", "compact", "markdown", "json", "github"];

    /// <summary>Writes it.</summary>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="output">Where to.</param>
    /// <param name="settings">How.</param>
    public void Write(string format, TextWriter output, CommandSettings settings)
    {
        switch (format)
        {
            case "json":
                Utf8Output.Write(output, stream => JsonReport.Write(Result, Path, stream));
                break;
            case "markdown":
                MarkdownReport.Write(Result, Path, output);
                break;
            case "compact":
                CompactReport.Write(Result, output);
                break;
            case "github":
                WriteAnnotations(output, settings.Console);
                break;
            default:
                WritePage(new TerminalPage(output, settings.UsesColor, settings.Width), settings);
                break;
        }
    }

    /// <summary>Reports what could not be written beside the audit.</summary>
    /// <exception cref="UnfinishedException">Something could not.</exception>
    public void ThrowIfUnfinished()
    {
        if (_problem is { } problem)
        {
            throw new UnfinishedException(problem);
        }
    }

    private void WritePage(TerminalPage page, CommandSettings settings)
    {
        var options = new AuditDocumentOptions { Path = Path, IsVerbose = settings.IsVerbose, IsQuiet = settings.IsQuiet };

        // Anyone who fails a build on low findings has to see them.
        if (FailOn is { } severity && severity < options.LowestListed)
        {
            options = options with { LowestListed = severity };
        }

        DocumentPage.Write(AuditDocument.Of(Result, options), Result.Repository, page, settings.IsVerbose);
    }

    private void WriteAnnotations(TextWriter output, CommandConsole console)
    {
        if (console.Variable(SummaryVariable) is not { Length: > 0 } file)
        {
            GitHubReport.Write(Result, output);
            return;
        }

        // What cannot go into the summary does not keep the annotations from being written.
        using var summary = new StringWriter();
        GitHubReport.Write(Result, output, summary);
        if (summary.GetStringBuilder().Length > 0)
        {
            _problem = ProblemOfSummary(file, summary.ToString(), console);
        }
    }

    private static string? ProblemOfSummary(string file, string text, CommandConsole console)
    {
        var problem = $"The job summary could not be written to {file} ({SummaryVariable}): ";
        try
        {
            using var stream = OutputFile.Append(file);
            using var summary = new OutgoingWriter(stream, OutgoingForm.Text, console.Secrets);
            summary.Write(text);
            summary.Flush();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return problem + "permission denied.";
        }
        catch (DirectoryNotFoundException)
        {
            return problem + "the folder does not exist.";
        }
        catch (IOException exception)
        {
            return problem + (Directory.Exists(file) ? "it is a folder." : PlumbProgram.Reason(exception));
        }
    }
}
