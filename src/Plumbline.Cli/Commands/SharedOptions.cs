using System.CommandLine;

namespace Plumbline.Cli.Commands;

/// <summary>The options that all commands share.</summary>
internal sealed class SharedOptions
{
    /// <summary>The configuration file.</summary>
    public Option<string?> Config { get; } =
        new("--config") { Description = "Read this configuration file [default: plumb.yaml in the repository root]", HelpName = "FILE" };

    /// <summary>Where the result goes.</summary>
    public Option<string?> Output { get; } = new("--output", "-o") { Description = "Write the result to a file instead of stdout", HelpName = "FILE" };

    /// <summary>Say less.</summary>
    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print only findings and the verdict, without progress" };

    /// <summary>Say more.</summary>
    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show everything in full" };

    /// <summary>No colors.</summary>
    public Option<bool> NoColor { get; } = new("--no-color") { Description = "Print no color codes. This is the default if NO_COLOR or CI is set, or if stdout is not a terminal" };

    /// <summary>Makes the option that names a command's formats; the first is the default.</summary>
    public static Option<string> Format(params string[] formats) => new("--format", "-f")
    {
        Description = $"Output format: {string.Join(", ", formats)}",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => formats[0],
        Validators = { result => CallChecker.CheckValue(result, "format", formats) },
    };

    /// <summary>Makes the option that names a database.</summary>
    public static Option<string?> Database(string description) => new("--database") { Description = description, HelpName = "URL" };

    /// <summary>Makes the argument that names a repository.</summary>
    public static Argument<string> Path() => new("path") { HelpName = "PATH", Description = "The repository, or a folder in it", DefaultValueFactory = _ => "." };

    /// <summary>Adds the shared options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Config);
        command.Options.Add(Output);
        command.Options.Add(Quiet);
        command.Options.Add(Verbose);
        command.Options.Add(NoColor);
    }
}
