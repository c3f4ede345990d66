using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Commands;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>There is continuous integration, and it never holds the schema against the migrations.</summary>
internal sealed class NoDriftCheckInCiRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-drift-check-in-ci",
        Title = "Continuous integration never holds the schema against the migrations",
        Severity = Severity.Low,
        Needs = [RuleNeed.Repository, RuleNeed.Migrations],
        What = "Repositories with CI files of which none runs, directly or by a script, `prisma migrate diff`, `migrate status`, `migrate dev` or Plumbline.",
        Why = "A schema that changes without a migration works on the developer's machine and fails after deployment. A check on every change finds it in the change that caused it.",
        Bad = """
            ```yaml
            steps:
              - run: npm ci
              - run: npx prisma generate
              - run: npm test
            ```
            """,
        Good = """
            ```yaml
            steps:
              - run: npm ci
              - run: npx prisma migrate diff --from-migrations prisma/migrations --to-schema prisma/schema.prisma --exit-code
              - run: npm test
            ```
            """,
        Fix = "Add a step that runs `plumb audit --area drift`, or `prisma migrate diff --exit-code` with a shadow database.",
        WhenOff = "When drift is checked elsewhere, for instance before a release.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnRepository(Check);

    private static void Check(RepositoryFacts context, ObservationSink sink)
    {
        var commands = context.Commands;
        if (commands.CiFilesFound.IsEmpty ||
            !context.Projects.Any(p => p.Project is { SchemaPath: not null, History.Migrations.IsEmpty: false }) ||
            commands.ReachedByCi().Any(ChecksDrift))
        {
            return;
        }

        var file = commands.CiFilesFound.FirstOrDefault(f => commands.Ci.Any(c => c.File == f &&
            c.Command.PrismaArguments is not null)) ?? commands.CiFilesFound[0];
        sink.Report(new Observation
        {
            Title = "Continuous integration never holds the schema against the migrations",
            Message =
                $"None of the {commands.CiFilesFound.Length} CI files runs prisma migrate diff, migrate status, migrate dev or plumb, directly or by a script.",
            Impact = "A schema change without a migration is first seen after deployment.",
            Recommendation = "Add a step that runs \"plumb audit --area drift\" on every change.",
            Project = null,
            Subject = new Subject(SubjectKind.File, file.Path),
            Locations = [new FindingLocation(LocationRole.Configuration, new SourceLocation(file.Path, 1, 1, 1, 1))],
        });
    }

    private static bool ChecksDrift(SimpleCommand command) =>
        command.RunsPrisma("migrate", "diff") || command.RunsPrisma("migrate", "status") || command.RunsPrisma("migrate", "dev") ||
            RepositoryCommands.RunsPlumbline(command);
}
