using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Containers;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Schemas;

/// <summary>An input that is too large, or too deep, to be read whole.</summary>
internal sealed class BudgetExceededRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "schema/budget-exceeded",
        Title = "An input is too large to be read whole",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Repository],
        What = """
            Prisma schemas with more than 200,000 models, fields and values; migrations that make more than 250,000 columns, constraints and other parts of tables; blocks of SQL
            that run too long; and files beside them (CI, Docker, environment files, `package.json`, `prisma.config.ts`, `.gitignore`) that are longer than 1 MiB, nested too deeply,
            or too many. What is beyond such a budget is not read. A schema or migrations that are not read whole are of high severity.
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
            .Concat(repository.ContainerProblems).Concat(context.Commands.Exceeded).Concat(context.Connections.Exceeded).Concat(dockerfiles);
        foreach (var problem in problems.Distinct().OrderBy(problem => problem.Location.Path, StringComparer.Ordinal))
        {
            sink.Report(new Observation
            {
                Title = $"{problem.Location.Path} is too large to be read whole",
                Message = problem.Message,
                Impact = "What is not read is not checked.",
                Recommendation = $"Make it smaller, or add {problem.Location.Path} to \"ignore\" in {AuditConfiguration.FileName}.",
                Project = context.ProjectOf(problem.Location.Path)?.Name,
                Subject = new Subject(SubjectKind.File, problem.Location.Path),
                Locations = [new FindingLocation(LocationRole.Configuration, problem.Location)],
                Discriminator = problem.Message,
            });
        }
    }

    private static void CheckProject(ProjectFacts project, ObservationSink sink)
    {
        CheckSchema(project, sink);
        CheckMigrations(project, sink);
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
            sink.Report(new Observation
            {
                Severity = Severity.High,
                Title = count == 1
                    ? $"A statement of {project.Final!.Migrations[first.Migration].Name} costs more than the replay allows"
                    : $"{count} statements of the migrations of {project.Name}, from {project.Final!.Migrations[first.Migration].Name} on, cost more than the replay allows",
                Message = group.Key,
                Impact = "What these statements do is unknown, so the audit is incomplete.",
                Recommendation = "Use --live or --shadow, which ask a server, or write what the migration does as plain statements.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, project.Final.Migrations[first.Migration].Name),
                Locations = [new FindingLocation(LocationRole.Migration, first.Location)],
                Discriminator = group.Key,
            });
        }
    }
}
