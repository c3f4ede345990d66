using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Plumbline.Cli.Commands;

/// <summary>The help of a command, with its examples below.</summary>
internal sealed class ExampleHelp : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0    nothing at or above --fail-on, no differences, all migrations applied
          1    findings at or above --fail-on, differences, migrations that need attention, or no database URL
          2    invalid input or usage
          3    the command could not finish
          130  interrupted
        """;

    /// <inheritdoc/>
    public override bool Terminating => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        new HelpAction().Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var (line, meaning) in ExamplesOf(parseResult.CommandResult.Command.Name))
        {
            output.WriteLine($"  {line,-62}  {meaning}");
        }

        output.WriteLine();
        output.WriteLine(ExitCodes);
        return ExitCode.Done;
    }

    private static (string Line, string Meaning)[] ExamplesOf(string command) => command switch
    {
        "audit" =>
        [
            ("plumb audit", "audit the current directory"),
            ("plumb audit ../shop --fail-on medium", "also fail on medium findings"),
            ("plumb audit --area drift --format json --output audit.json", "only differences between schema and migrations"),
            ("plumb audit --rule 'drift/*' --verbose", "the rules of one area, in full"),
            ("plumb audit --since main --format github", "in CI: treat a pull request's migrations as unapplied"),
        ],
        "inspect" =>
        [
            ("plumb inspect prisma/migrations", "the SQL of the database that the migrations create"),
            ("plumb inspect prisma/schema.prisma --format mermaid", "a diagram of the tables"),
            ("plumb inspect main:prisma/schema.prisma --format json", "the schema on another branch, as a snapshot"),
        ],
        "diff" =>
        [
            ("plumb diff prisma/migrations prisma/schema.prisma", "what the migrations are missing"),
            ("plumb diff main:prisma/schema.prisma prisma/schema.prisma", "what a branch changes"),
            ("plumb diff before.json prisma/migrations --format sql", "the SQL that turns FROM into TO"),
        ],
        "url" =>
        [
            ("plumb url", "the URL that Prisma and the application would use here"),
            ("DATABASE_URL=postgresql://localhost/test plumb url", "environment variables override all files"),
            ("plumb url ../shop --format json", "every place that sets a database URL, as JSON"),
        ],
        "status" =>
        [
            ("plumb status", "the migrations in the database that plumb url resolves"),
            ("plumb status --database postgresql://app@localhost/app", "the migrations in this database"),
        ],
        "baseline" =>
        [
            ("plumb baseline", "accept all current findings"),
            ("plumb audit --no-baseline", "report all findings, including accepted ones"),
        ],
        "rules" =>
        [
            ("plumb rules", "every rule with its severity"),
            ("plumb rules --area migration --format json", "the rules of one area, as JSON"),
        ],
        "explain" =>
        [
            ("plumb explain drift/missing-column", "what a rule checks, why, and how to fix it"),
            ("plumb explain drift", "the rules of an area"),
        ],
        _ =>
        [
            ("plumb audit", "audit the current directory"),
            ("plumb explain drift/missing-column", "what a rule checks, and why"),
        ],
    };
}
