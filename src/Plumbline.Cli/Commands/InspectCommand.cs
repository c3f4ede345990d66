using System.CommandLine;
using Plumbline.Audit.Reports.Inspect;
using Plumbline.Audit.Sources;
using Plumbline.Cli.OneShot;
using Plumbline.Cli.Terminal;

namespace Plumbline.Cli.Commands;

/// <summary><c>plumb inspect</c>: one source, printed as a schema.</summary>
internal static class InspectCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(SharedOptions shared, CommandConsole console, CancellationToken cancellation)
    {
        var name = new Argument<string>("source") { HelpName = "SOURCE", Description = "A .prisma file or a folder of them, a migrations folder, a .sql file, a Markdown document, a .json snapshot, REV:PATH, or the postgresql:// URL of a database" };
        var format = SharedOptions.Format("sql", "json", "prisma", "mermaid", "markdown");
        var ignore = SourceCommands.Ignore(() => SchemaFilter.Kinds);
        var command = new Command("inspect", "Print a source as SQL, JSON, Prisma, Mermaid or Markdown") { Arguments = { name }, Options = { format, ignore } };
        shared.AddTo(command);
        command.SetAction(call =>
        {
            var settings = CommandSettings.Of(call, shared, console);
            var form = call.GetRequiredValue(format);
            if (SourceLoader.IsDatabase(call.GetRequiredValue(name)))
            {
                _ = Rehearsal.Begin((example, nowhere) => Write(example, form, nowhere));
            }

            var source = Read(call.GetRequiredValue(name), settings, cancellation);
            var isWrong = SourceCommands.Report(source, settings);
            source = source with { Schema = SchemaFilter.Without(source.Schema, SourceCommands.Kinds(call, ignore)) };
            settings.Write(form, output => Write(source, form, output), isSnapshot: form == "json");
            return isWrong ? ExitCode.WrongInput : ExitCode.Done;
        });
        return command;
    }

    private static Source Read(string name, CommandSettings settings, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(settings.Console, settings.IsQuiet);
        progress.Report("Reading " + SourceLoader.Shown(name));
        return new SourceLoader(settings.ReadConfiguration).Load(name, cancellation);
    }

    /// <summary>Writes a source in one of the formats.</summary>
    internal static void Write(Source source, string format, TextWriter output)
    {
        switch (format)
        {
            case "json":
                Utf8Output.Write(output, stream => JsonSchema.Write(source, stream));
                break;
            case "prisma":
                PrismaText.Write(source, output);
                break;
            case "mermaid":
                MermaidDiagram.Write(source.Schema, output);
                break;
            case "markdown":
                MarkdownSchema.Write(source.Schema, source.Name, output);
                break;
            default:
                SqlSchema.Write(source.Schema, output);
                break;
        }
    }
}
