using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A package.json script that gives every new migration the same name.</summary>
internal sealed class ScriptHardcodesNameRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/script-hardcodes-name",
        Title = "A script gives every new migration the same name",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = "Scripts in `package.json` that run `prisma migrate dev` with a fixed `--name`.",
        Why = "Every migration that is created with such a script has the same name, whatever it does. The names no longer show what each migration does.",
        Bad = """
            ```json
            { "scripts": { "db:migrate": "prisma migrate dev --name init" } }
            ```
            """,
        Good = """
            ```json
            { "scripts": { "db:migrate": "prisma migrate dev" } }
            ```
            """,
        Fix = "Remove `--name` from the script. Prisma then asks for the name, or takes it from `npm run db:migrate -- --name add_users`.",
        WhenOff = "When the script is run once, to set up an example.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        foreach (var (package, script, command) in context.Commands.Scripts)
        {
            if (!command.RunsPrisma("migrate", "dev") || command.PrismaOption("--name", "-n") is not { } name || name.Contains('$'))
                continue;

            sink.Report(new Observation
            {
                Title = $"The script {script.Name} names every new migration \"{name}\"",
                Message = $"{package.File.Path} runs: {script.Command}",
                Impact = $"All migrations that are created with it are called \"{name}\", and the history does not show what each of them does.",
                Recommendation =
                    $"Remove \"--name {name}\" from the script; Prisma then asks for a name, or takes it from \"npm run {script.Name} -- --name\".",
                Project = context.ProjectOf(package)?.Name,
                Subject = new Subject(SubjectKind.Package, package.Name ?? package.File.Path, Field: script.Name),
                Locations = [new FindingLocation(LocationRole.Configuration, script.Location)],
            });
        }
    }
}
