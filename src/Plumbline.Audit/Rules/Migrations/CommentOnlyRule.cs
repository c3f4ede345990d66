using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that hold comments and no statement.</summary>
internal sealed class CommentOnlyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/comment-only",
        Title = "A migration contains only comments",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Migrations with comments and no statement, such as those that `prisma migrate dev --create-only` writes when the schema has not changed. All of them are one finding.",
        Why = "They do nothing, and they add noise to the history.",
        Bad = "```sql\n-- This is an empty migration.\n```",
        Good = "```sql\nCREATE INDEX \"users_email_idx\" ON \"users\"(\"email\");\n```",
        Fix = "If it is applied, nothing needs to be done. Otherwise remove the folder.",
        WhenOff = "When such migrations are kept on purpose, such as to mark a release.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationFolder[] silent =
        [
            .. (project.Project.History?.Migrations ?? []).Where(m => m.Script?.Text is { } text && !string.IsNullOrWhiteSpace(text.Text) &&
                project.Statements.Of(m).IsEmpty),
        ];
        if (silent.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = silent.Length == 1 ? $"The migration {silent[0].Name} contains only comments" : $"{silent.Length} migrations contain only comments",
            Message = silent.Length == 1
                ? "prisma migrate dev --create-only writes such a file when the schema has not changed."
                : $"They contain no statement: {string.Join(", ", silent.Select(m => m.Name))}.",
            Impact = "They are recorded as applied and do nothing.",
            Recommendation = "Remove those that are not applied anywhere. The others can stay.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, silent[0].Name),
            Locations = [.. silent.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }
}
