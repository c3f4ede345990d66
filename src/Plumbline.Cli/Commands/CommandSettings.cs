using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;
using Plumbline.Cli.Outgoing;

namespace Plumbline.Cli.Commands;

/// <summary>What the shared options of a call say.</summary>
internal sealed record CommandSettings
{
    /// <summary>Where the command writes to.</summary>
    public required CommandConsole Console { get; init; }

    /// <summary>The configuration file that was named; null for the one of the repository.</summary>
    public string? Config { get; init; }

    /// <summary>The file that the result goes to; null for stdout.</summary>
    public string? Output { get; init; }

    /// <summary>Whether to say less.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether to say everything.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>Whether to use colors.</summary>
    public bool UsesColor { get; init; }

    /// <summary>Number of columns to fill.</summary>
    public int Width { get; init; }

    /// <summary>Reads the shared options of a call.</summary>
    public static CommandSettings Of(ParseResult result, SharedOptions options, CommandConsole console)
    {
        const int pageWidth = 100, smallestWidth = 40;
        var output = result.GetValue(options.Output);
        return new CommandSettings
        {
            Console = console,
            Config = result.GetValue(options.Config),
            Output = output,
            IsQuiet = result.GetValue(options.Quiet),
            IsVerbose = result.GetValue(options.Verbose),
            UsesColor = output is null && console.AllowsColor && !result.GetValue(options.NoColor),
            Width = output is null && console.Width is { } width ? Math.Max(width, smallestWidth) : pageWidth,
        };
    }

    /// <summary>The configuration that was named, or that of a folder's repository.</summary>
    /// <exception cref="InputException">It is wrong, or not there.</exception>
    public AuditConfiguration ReadConfiguration(string folder) => AuditSession.ReadConfiguration(Config, folder);

    /// <summary>Writes a result to where it belongs.</summary>
    /// <param name="format">The format of the result.</param>
    /// <param name="result">Writes it.</param>
    /// <param name="isSnapshot">Whether it can be read again in place of what it was made from.</param>
    /// <exception cref="UnfinishedException">It could not be written.</exception>
    public void Write(string format, Action<TextWriter> result, bool isSnapshot = false)
    {
        var form = format switch
        {
            "github" => OutgoingForm.Commands,
            "sql" or "prisma" => OutgoingForm.Code,
            "terminal" when UsesColor => OutgoingForm.Colors,
            _ => OutgoingForm.Text,
        };
        var hasMasked = false;
        if (Output is null)
        {
            Through(Console.OutAs(form));
        }
        else
        {
            OutputFile.Write(Output, file => Through(new OutgoingWriter(file, form, Console.Secrets)));
        }

        if (hasMasked && form == OutgoingForm.Code)
        {
            Console.Error.WriteLine("plumb: warning: The output has *** in place of passwords. Put them back before you run it.");
        }
        else if (hasMasked && isSnapshot)
        {
            Console.Error.WriteLine("plumb: warning: The output has *** in place of passwords. A comparison with its source shows them as differences.");
        }

        void Through(OutgoingWriter output)
        {
            result(output);
            output.Flush();
            hasMasked = output.HasMasked;
        }
    }
}
