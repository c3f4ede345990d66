using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>No script validates the schema or previews a migration.</summary>
internal sealed class NoValidationScriptRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-validation-script",
        Title = "No script validates the schema or previews migrations",
        Severity = Severity.Low,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = "Repositories whose scripts run migrations, but whose scripts and CI never run `prisma validate`, `migrate status`, `migrate diff`, `migrate dev --create-only` or Plumbline.",
        Why = "Without such a check, a broken schema, a pending migration or a destructive statement is first noticed when it reaches a database.",
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
        if (migrating.Length == 0 || commands.Scripts.Select(s => s.Command).Concat(commands.Ci.Select(c => c.Command)).Any(command => Validates(command, commands)))
            return;

        var package = migrating.FirstOrDefault(s => context.ProjectOf(s.Package) is not null)?.Package ?? migrating[0].Package;
        sink.Report(new Observation
        {
            Title = "No script validates the schema or previews a migration",
            Message = $"Migrations are run by {(migrating.Select(s => s.Script.Name).Distinct().Count() == 1 ? "the script" : "the scripts")} {string.Join(", ", migrating.Select(s => s.Script.Name).Distinct())}. No script or CI step runs prisma validate, migrate status, migrate diff or migrate dev --create-only.",
            Impact = "A broken schema, drift or a destructive statement is first noticed when it reaches a database.",
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
