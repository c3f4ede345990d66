using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>No migration comes with the SQL that reverts it.</summary>
internal sealed class NoRollbackRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-rollback",
        Title = "No migration has a down.sql",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Histories in which no migration has a `down.sql` beside its `migration.sql`. Reported once for the history.",
        Why = "Prisma only applies migrations forward. When a deployment must be reverted, someone has to write the SQL for it under pressure.",
        Bad = "```\nmigrations/20250101120000_add_users/migration.sql\n```",
        Good = "```\nmigrations/20250101120000_add_users/migration.sql\nmigrations/20250101120000_add_users/down.sql\n```",
        Fix = "Write a `down.sql` for risky migrations (`prisma migrate diff --from-schema … --to-migrations … --script`), or document that mistakes are fixed with a new migration.",
        WhenOff = "When mistakes are fixed with a new migration, which is Prisma's own approach.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.History is not { Migrations.IsEmpty: false } history || history.StrayFiles.Any(f => f.Name.Contains("down", StringComparison.OrdinalIgnoreCase) || f.Name.Contains("rollback", StringComparison.OrdinalIgnoreCase)))
            return;

        sink.Report(new Observation
        {
            Title = $"None of the {history.Migrations.Length} migrations has a down.sql",
            Message = $"Prisma itself only applies migrations forward.",
            Impact = "To revert a deployment, someone has to write the SQL at that moment.",
            Recommendation = "Write a down.sql for risky migrations, or document that mistakes are fixed with a new migration.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, history.Path),
            Locations = [new FindingLocation(LocationRole.Migration, history.Migrations[^1].Place)],
        });
    }
}
