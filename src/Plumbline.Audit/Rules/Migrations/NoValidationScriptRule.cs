using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>No script previews a migration or shows which are applied.</summary>
internal sealed class NoValidationScriptRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-validation-script",
        Title = "No script previews migrations or shows their status",
        Severity = Severity.Info,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = "Repositories whose scripts run migrations, but whose scripts and CI never run `prisma validate`, `migrate status`, `migrate diff`, `migrate dev --create-only` or Plumbline.",
        Why = "`prisma generate` validates the schema, but it does not look at the migrations. Without one of these commands, nobody sees a destructive statement before it runs.",
        Bad = """
            ```json
            { "scripts": { "db:migrate": "prisma migrate dev", "db:deploy": "prisma migrate deploy" } }
            ```
            """,
        Good = """
            ```json
            {
              "scripts": {
                "db:migrate": "prisma migrate dev",
                "db:preview": "prisma migrate dev --create-only",
                "db:validate": "prisma validate",
                "db:status": "prisma migrate status",
                "db:deploy": "prisma migrate deploy"
              }
            }
            ```
            """,
        Fix = "Add scripts for `prisma validate`, `prisma migrate status` and `prisma migrate dev --create-only`, and run the first two in CI.",
        WhenOff = "When another tool checks schema and migrations before they are applied.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var commands = context.Commands;
        var migrating = commands.Scripts.Where(s => s.Command.RunsPrisma("migrate")).ToArray();
        SimpleCommand[] all = [.. commands.Scripts.Select(s => s.Command), .. commands.Ci.Select(c => c.Command)];
        if (migrating.Length == 0 || !commands.IsWhole || Array.Exists(all, command => Validates(command, commands)))
            return;

        var package = migrating.FirstOrDefault(s => context.ProjectOf(s.Package) is not null)?.Package ?? migrating[0].Package;
        string[] scripts = [.. migrating.Select(s => s.Script.Name).Distinct()];
        var runs = scripts.Length == 1 ? $"The script {scripts[0]} runs migrations." : $"The scripts {string.Join(", ", scripts)} run migrations.";
        sink.Report(new Observation
        {
            Title = "No script previews a migration or shows its status",
            Message = $"{runs} No script or CI step runs prisma validate, migrate status, migrate diff or migrate dev --create-only.{(Array.Exists(all, c => c.RunsPrisma("generate")) ? " prisma generate validates the schema only." : "")}",
            Impact = "A destructive statement may be noticed only when it reaches a database.",
            Recommendation = "Add scripts such as \"db:validate\": \"prisma validate\", \"db:status\": \"prisma migrate status\" and \"db:preview\": \"prisma migrate dev --create-only\", or run plumb audit.",
            Project = context.ProjectOf(package)?.Name,
            Subject = new Subject(SubjectKind.Package, package.Name ?? package.File.Path),
            Locations = [.. migrating.Where(s => s.Package == package).DistinctBy(s => s.Script).Select(s => new FindingLocation(LocationRole.Configuration, s.Script.Location))],
        });
    }

    private static bool Validates(SimpleCommand command, RepositoryCommands commands) =>
        command.RunsPrisma("validate") || commands.Names(command, "migrate-check") || commands.Names(command, "drift") ||
        command.RunsPrisma("migrate", "status") || command.RunsPrisma("migrate", "diff") ||
        (command.RunsPrisma("migrate", "dev") && command.HasPrismaWord("--create-only")) || RepositoryCommands.RunsPlumbline(command);
}
