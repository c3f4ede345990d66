using System.CommandLine;
using System.CommandLine.Help;

namespace Plumbline.Cli.Commands;

/// <summary>The commands and their options.</summary>
internal sealed class PlumbCommandLine
{
    /// <summary>Makes the command line.</summary>
    public PlumbCommandLine(CommandConsole console, CancellationToken cancellation)
    {
        var shared = new SharedOptions();
        Root = new RootCommand("Audits the database side of TypeScript, Prisma and PostgreSQL repositories. Needs no database");
        Root.Subcommands.Add(AuditCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(DiffCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(InspectCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(UrlCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(StatusCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(BaselineCommand.Create(shared, console, cancellation));
        Root.Subcommands.Add(RulesCommand.Create(shared, console));
        Root.Subcommands.Add(ExplainCommand.Create(shared, console));
        foreach (var option in Root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new ExampleHelp((HelpAction)help.Action!);
                    break;
                case VersionOption version:
                    version.Action = new VersionAction(console);
                    break;
            }
        }
    }

    /// <summary>The root of the commands.</summary>
    public RootCommand Root { get; }
}
