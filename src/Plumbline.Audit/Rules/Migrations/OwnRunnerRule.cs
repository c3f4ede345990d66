using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A program of the repository runs the migrations instead of Prisma. Reported once for each project.</summary>
internal sealed class OwnRunnerRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/own-runner",
        Title = "The migrations are run by a program of the repository",
        Severity = Severity.Info,
        Needs = [RuleNeed.Migrations, RuleNeed.Repository],
        What = """
            Histories that a program of the repository runs instead of `prisma migrate`. Any of these shows it: migrations in code (`migration.ts`), placeholders in the SQL
            (`{{schema}}`, `${schema}`, `/* SCHEMA_NAME */.`), comments that the code looks for in the SQL it sends, and code that reads the migration files and sends their text to the
            database in a repository where nothing runs `prisma migrate deploy`. Tests do not count. It is reported once for each project.
            """,
        Why = """
            Such a program need not run migrations as Prisma does: a file may not be one transaction, files other than `migration.sql` may run, and a folder without `migration.sql` may be
            valid. Rules that depend on Prisma are silent there, a statement with a placeholder for anything but a schema is not checked, and a table that the program itself creates is not drift.
            """,
        Bad = """
            ```sql
            ALTER TABLE {{schema}}."users" ADD COLUMN "locale" TEXT;
            ```
            """,
        Good = """
            ```sql
            ALTER TABLE "users" ADD COLUMN "locale" TEXT;
            ```
            """,
        Fix = "Nothing needs to be fixed. If Prisma does run the migrations, remove the parts that it cannot run.",
        WhenOff = "When everyone who reads the report knows this.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.OwnRunner is not { } runner)
            return;

        var path = project.Project.History!.Path;
        FindingLocation[] places = runner.Sign == OwnRunnerSign.Program
            ? [new FindingLocation(LocationRole.Code, runner.Location)]
            : [new FindingLocation(LocationRole.Migration, runner.Location), .. runner.Code is { } code ? new[] { new FindingLocation(LocationRole.Code, code) } : []];
        sink.Report(new Observation
        {
            Title = $"The migrations in {path} are run by a program of the repository, not by prisma migrate",
            Message = Message(runner),
            Impact = runner.Sign == OwnRunnerSign.Code
                ? "The effects of migrations in code are unknown and may show up as drift. Rules about the way in which Prisma runs a file are not applied."
                : "Rules about the way in which Prisma runs a file are not applied. Statements with placeholders for anything but a schema are not checked.",
            Recommendation = "Nothing needs to be done.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, path),
            Locations = [.. places],
        });
    }

    private static string Message(OwnRunner runner)
    {
        var count = Plural.Of(runner.Count, "migration", "migrations");
        return runner.Sign switch
        {
            OwnRunnerSign.Placeholder => $"{count} {(runner.Count == 1 ? "contains" : "contain")} placeholders such as {runner.Text}{(runner.Code is { } code ? $", which {Place(code)} fills in" : "")}.",
            OwnRunnerSign.Sentinel => $"{count} {(runner.Count == 1 ? "contains" : "contain")} the comment {runner.Text}, which {Place(runner.Code!)} looks for.",
            OwnRunnerSign.Code => $"{count} {(runner.Count == 1 ? "is" : "are")} code ({runner.Text}), which Prisma does not run{(runner.Code is { } umzug ? $"; {Place(umzug)} uses umzug" : "")}.",
            _ => $"{Place(runner.Location)} sends the text of the migrations to the database. No script, container or CI job runs prisma migrate.",
        };
    }

    private static string Place(SourceLocation location) => $"{location.Path}:{location.Line}";
}
