using System.CommandLine;

namespace Plumbline.Cli.Commands;

/// <summary>The commands and their options.</summary>
internal sealed class PlumbCommandLine
{
    /// <summary>The name of the program.</summary>
    public const string Name = "plumb";

    /// <summary>Makes the command line. <see cref="RootCommand"/> would read texts from its resources, which takes longer than everything else here.</summary>
    public PlumbCommandLine(CommandConsole console, CancellationToken cancellation)
    {
        var shared = new SharedOptions();
        Root = new Command(Name, "Audit the database side of TypeScript, Prisma and PostgreSQL repositories, without a database");
        Root.Options.Add(new Option<bool>("--help", "-h", "-?") { Description = "Show help and usage information", Arity = ArgumentArity.Zero, Recursive = true, Action = new ExampleHelp() });
        Root.Options.Add(new Option<bool>("--version") { Description = "Show version information", Arity = ArgumentArity.Zero, Action = new VersionAction(console) });
        Root.Subcommands.Add(AuditCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(DiffCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(InspectCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(UrlCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(StatusCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(BaselineCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(RulesCommand.Create(shared, console));
        Root.Subcommands.Add(ExplainCommand.Create(shared, console));
    }

    /// <summary>The root of the commands.</summary>
    public Command Root { get; }
}
