using System.Collections.Immutable;
using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.Audit.Workspace.Files;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>An input that is too large, or too deep, to be read whole.</summary>
internal sealed class BudgetExceededRule : Rule
{
    /// <summary>The rule's name.</summary>
    public const string RuleName = "schema/budget-exceeded";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = RuleName,
        Title = "An input is too large to be read whole",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Prisma schemas with more than 500,000 lines, or 200,000 models, fields and values, which are not read at all; migrations that make more than 140,000
            columns, constraints and other parts of tables, that change more than 300,000 of them, whose expressions, functions and comments have more than
            8,388,608 characters, or that look through more than 60,000,000 objects in search of names and dependencies, and blocks of SQL that run too long,
            which are not replayed; and files beside them: CI files, Docker files, environment files, `prisma.config.ts` and `.gitignore` that are longer than 1
            MiB or too deep or complex, and CI files, Docker Compose files, scripts or `package.json` files that are longer than 8 MiB together; projects
            beyond the first 1,000; and SQL files outside the migrations that are too many to be replayed. What is beyond such a budget is left out, and so are
            findings of one rule beyond the first 5,000. A schema or migrations that are not read whole, and projects that are not read, are of high severity.
            """,
        Why = "What is not read is not checked. The budgets are counted, so that an audit ends on every machine at the same place, within seconds and with little memory.",
        Bad = """
            ```sql
            DO $$ BEGIN LOOP CREATE TABLE IF NOT EXISTS "User" (id int); END LOOP; END $$;
            ```
            """,
        Good = """
            ```sql
            CREATE TABLE IF NOT EXISTS "User" (id int);
            ```
            """,
        Fix = "Make the input smaller: split the file, or write statements instead of a long loop. Exclude what is generated with \"ignore\" in `plumb.yaml`.",
        WhenOff = "When the part that is not read does not matter.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule)
    {
        rule.OnRepository(CheckFiles);
        rule.OnProject(CheckProject);
    }

    private static void CheckFiles(RepositoryFacts context, ObservationSink sink)
    {
        var repository = context.Repository;
        var dockerfiles = repository.Files.Where(file => DockerStages.IsDockerfile(file.Name)).Select(file => file.Text).OfType<SourceText>().Select(ReadingBudget.OfSettings).OfType<Diagnostic>();
        var problems = repository.Diagnostics.Where(problem => problem.Code == ReadingBudget.Code)
            .Concat(new[] { repository.TooManyProjects }.OfType<Diagnostic>()).Concat(repository.ContainerProblems).Concat(context.Commands.Exceeded).Concat(context.Connections.Exceeded).Concat(dockerfiles);
        foreach (var problem in problems.DistinctBy(problem => problem.Title).OrderBy(problem => problem.Location.Path, StringComparer.Ordinal))
        {
            sink.Report(new Observation
            {
                Severity = problem == repository.TooManyProjects ? Severity.High : null,
                Title = problem.Title!,
                Message = problem.Message,
                Impact = problem == repository.TooManyProjects ? "These projects are not checked, so the audit is incomplete." : IsOfGit(problem) ? "Files that git ignores may be read." : "What is not read is not checked.",
                Recommendation = Advice(problem, repository),
                Project = context.ProjectOf(problem.Location.Path)?.Name,
                Subject = new Subject(SubjectKind.File, problem.Location.Path),
                Locations = [new FindingLocation(LocationRole.Configuration, problem.Location)],
                Discriminator = problem.Title!,
            });
        }
    }

    private static bool IsOfGit(Diagnostic problem) => RelativePath.NameOf(problem.Location.Path) == IgnoredPaths.FileName;

    // Environment files and patterns of git are looked for on the disk, whatever is ignored.
    private static string Advice(Diagnostic problem, Repository repository)
    {
        var path = problem.Location.Path;
        return problem == repository.TooManyProjects ? $"Audit parts of the repository by themselves, or add folders to \"ignore\" in {AuditConfiguration.FileName}."
            : IsOfGit(problem) ? "Use fewer or simpler patterns."
            : EnvironmentFile.IsName(RelativePath.NameOf(path)) || repository.Find(path) is null ? "Make it smaller."
            : $"Make it smaller, or add {path} to \"ignore\" in {AuditConfiguration.FileName} if it need not be checked.";
    }

    private static void CheckProject(ProjectFacts project, ObservationSink sink)
    {
        CheckSchema(project, sink);
        CheckMigrations(project, sink);
        if (project.StrayReplaysLeft is { } left)
        {
            sink.Report(new Observation
            {
                Title = left.Title!,
                Message = left.Message,
                Impact = "Errors in these files are not found.",
                Recommendation = $"Add folders of SQL files that need not be checked to \"ignore\" in {AuditConfiguration.FileName}.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.File, left.Location.Path),
                Locations = [new FindingLocation(LocationRole.Configuration, left.Location)],
                Discriminator = left.Title!,
            });
        }
    }

    private static void CheckSchema(ProjectFacts project, ObservationSink sink)
    {
        if (project.Prisma?.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Code == ReadingBudget.Code) is not { } problem)
            return;

        sink.Report(new Observation
        {
            Severity = Severity.High,
            Title = $"The Prisma schema of {project.Name} is too large to be read",
            Message = problem.Message,
            Impact = "Nothing is known of the schema, so the audit is incomplete.",
            Recommendation = "Split the schema into several projects.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, problem.Location.Path),
            Locations = [new FindingLocation(LocationRole.Schema, problem.Location)],
        });
    }

    private static void CheckMigrations(ProjectFacts project, ObservationSink sink)
    {
        ImmutableArray<StatementOutcome> left = [.. (project.Final?.Outcomes ?? []).Where(outcome => outcome.ExceedsBudget)];
        foreach (var group in left.GroupBy(outcome => outcome.Reason ?? "", StringComparer.Ordinal))
        {
            var first = group.First();
            var count = group.Count();
            var migration = project.Final!.Migrations[first.Migration].Name;
            var isEnd = project.Final.Stopped == group.Key;
            sink.Report(new Observation
            {
                Severity = Severity.High,
                Title = isEnd ? $"The replay stopped in {migration}"
                    : count == 1 ? $"A statement of {migration} costs more than the replay allows"
                    : $"{count.ToString("N0", CultureInfo.InvariantCulture)} statements of the migrations of {project.Name}, from {migration} on, cost more than the replay allows",
                Message = isEnd ? $"{group.Key} {Plural.Of(count, "statement is", "statements are")} left out." : group.Key,
                Impact = $"What {(count == 1 ? "this statement does" : "these statements do")} is unknown, so the audit is incomplete.",
                Recommendation = isEnd ? "Squash the migrations into a new baseline without what later ones drop." : "Write what the code does as plain statements, in a new baseline if the migration is applied.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, migration),
                Locations = [new FindingLocation(LocationRole.Migration, first.Location)],
                Discriminator = group.Key,
            });
        }
    }
}
