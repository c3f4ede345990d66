using System.CommandLine;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Engine;

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

    /// <summary>Whether to use colours.</summary>
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
    /// <exception cref="UnfinishedException">It could not be written.</exception>
    public void Write(Action<TextWriter> result)
    {
        if (Output is null)
        {
            result(Console.Out);
            Console.Out.Flush();
        }
        else
        {
            OutputFile.Write(Output, result);
        }
    }
}
