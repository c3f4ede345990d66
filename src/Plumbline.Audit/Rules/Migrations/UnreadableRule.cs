using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A migration, or the folder of all, that cannot be read.</summary>
internal sealed class UnreadableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/unreadable",
        Title = "A migration cannot be read",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations],
        What = """
            Files named `migration.sql` that are not text in UTF-8, are longer than 64 MiB, may not be read, are not regular files, or are links that lead outside the repository; migrations
            folders for which the same holds; and folders in them whose names are not valid UTF-8, or that are links which lead back to themselves.
            """,
        Why = """
            What such a migration does is unknown, and so is everything that depends on it: no difference from the schema is reported that it may have made. Prisma reads migrations as UTF-8;
            other bytes reach the server changed, or make it refuse the file.
            """,
        Bad = "```\nmigrations/20250101120000_add_users/migration.sql -> /srv/shared/add_users.sql\n```",
        Good = "```\nmigrations/20250101120000_add_users/migration.sql\n```",
        Fix = "Replace a link or a pipe with a regular file in the repository, save the file as UTF-8, or split it.",
        WhenOff = "Never: the audit does not cover what it cannot read.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project.History is not { } history)
            return;

        foreach (var problem in history.Problems)
            Report(project, sink, problem, new Subject(SubjectKind.File, problem.Location.Path), $"{problem.Location.Path} cannot be read");

        foreach (var migration in history.Migrations)
        {
            if (migration.Problem is { } problem)
                Report(project, sink, problem, new Subject(SubjectKind.Migration, migration.Name), $"The migration {migration.Name} cannot be read");
        }
    }

    private static void Report(ProjectFacts project, ObservationSink sink, Diagnostic problem, Subject subject, string title) => sink.Report(new Observation
    {
        Title = title,
        Message = problem.Message,
        Impact = "What the migration does is unknown, so the audit is incomplete.",
        Recommendation = ReadingAdvice.Of(problem, "migration"),
        Project = project.Name,
        Subject = subject,
        Locations = [new FindingLocation(LocationRole.Migration, problem.Location)],
    });
}
