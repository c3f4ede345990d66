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
        Title = "A migration holds nothing but comments",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations],
        What = "Migrations with comments and without a statement, as `prisma migrate dev` writes them where nothing changed. All of them are one finding.",
        Why = "They do nothing. A reader of the history looks into them in vain.",
        Bad = "```sql\n-- This is an empty migration.\n```",
        Good = "```sql\nCREATE INDEX \"users_email_idx\" ON \"users\"(\"email\");\n```",
        Fix = "Nothing needs to be done where it is applied. Remove the folder where it is not.",
        WhenOff = "When such migrations are kept on purpose, for instance to mark a release.",
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
            Title = silent.Length == 1 ? $"The migration {silent[0].Name} holds nothing but comments" : $"{silent.Length} migrations hold nothing but comments",
            Message = $"No statement stands in: {string.Join(", ", silent.Select(m => m.Name))}.",
            Impact = "They are recorded as applied and do nothing.",
            Recommendation = "Nothing needs to be done where they are applied; remove those that are not.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, silent[0].Name),
            Locations = [.. silent.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }
}
