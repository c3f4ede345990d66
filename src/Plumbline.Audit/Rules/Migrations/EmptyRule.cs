using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations with nothing in them.</summary>
internal sealed class EmptyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/empty",
        Title = "A migration is empty",
        Severity = Severity.Low,
        Needs = [RuleNeed.Migrations],
        What = "Migrations whose `migration.sql` contains only white space. All of them are one finding.",
        Why = "It is recorded as applied and does nothing. Often its content was lost.",
        Bad = "```\nmigrations/20250101120000_add_users/migration.sql   (0 bytes)\n```",
        Good = "```\nmigrations/20250101120000_add_users/migration.sql   CREATE TABLE …\n```",
        Fix = "Remove the folder if the migration is not applied anywhere. Otherwise add a comment that explains why it is empty.",
        WhenOff = "When empty migrations are kept on purpose.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationFolder[] empty = [.. (project.Project.History?.Migrations ?? []).Where(m => m.Script?.Text is { } text &&
            string.IsNullOrWhiteSpace(text.Text))];
        if (empty.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = empty.Length == 1 ? $"The migration {empty[0].Name} is empty" : $"{empty.Length} migrations are empty",
            Message = empty.Length == 1
                ? "Its migration.sql contains only white space."
                : $"Their migration.sql files contain only white space: {string.Join(", ", empty.Select(m => m.Name))}.",
            Impact = "They are recorded as applied and do nothing. Their content may be lost.",
            Recommendation = "Remove migrations that are not applied anywhere. In the others, add a comment that explains why they are empty.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, empty[0].Name),
            Locations = [.. empty.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }
}
