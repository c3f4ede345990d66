using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>A live database that is not empty and does not say which migrations made it. Reported once for each project.</summary>
internal sealed class NoHistoryRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/no-history",
        Title = "The database is not empty but has no migration history",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Live databases without the table `_prisma_migrations` whose schema has tables, views or enums, while the repository has migrations. Not reported: empty
            databases, and repositories in which a program of the repository runs the migrations instead of Prisma. It is reported once for each project, and
            `migration/pending` is silent there.
            """,
        Why = """
            Nothing records which migrations the database already has, so `prisma migrate deploy` stops with `P3005` (the database schema is not empty) and applies
            nothing. The usual causes are `prisma db push`, a dump that was restored without the table, and SQL that was run by hand.
            """,
        Bad = """
            ```
            20260101000000_init   in the repository
            "User"                in the database, which has no _prisma_migrations
            ```
            """,
        Good = """
            ```
            npx prisma migrate resolve --applied 20260101000000_init
            ```
            """,
        Fix = "Run `prisma migrate resolve --applied` for each migration whose changes the database already has. `prisma migrate deploy` then applies the others.",
        WhenOff = "When the database is only ever changed with `prisma db push`, such as a local one.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Status is not { NeedsBaseline: true } status || project.OwnRunner is not null)
            return;

        var created = project.TablesOfMigrations.Length;
        var present = project.TablesOfMigrations.Count(t => t.IsInDatabase);
        var counts = present == 0 ? "" : present == created ? $" The database has every table that they create ({created})." : $" The database has {present} of the {created} tables that they create.";
        sink.Report(new Observation
        {
            Title = present == 0 ? "The database is not empty but has no migration history" : "The database has tables of the project but no migration history",
            Message = $"There is no table _prisma_migrations, and {project.Project.History!.Path} has {Plural.Of(status.Migrations.Length, "migration", "migrations")}.{counts}",
            Impact = "prisma migrate deploy stops with P3005 (the database schema is not empty) and applies nothing.",
            Recommendation = present == 0 && project.Database?.Snapshot is not null
                ? "Check whether the URL names the database and the schema of this project: no table that the migrations create is there."
                : "Run prisma migrate resolve --applied for each migration whose changes the database already has, then prisma migrate deploy for the others.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Database, project.Database!.Url.Parameter("schema") ?? "public"),
        });
    }
}
