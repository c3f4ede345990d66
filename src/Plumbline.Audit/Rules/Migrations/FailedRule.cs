using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that began on the live database and did not come to their end.</summary>
internal sealed class FailedRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/failed",
        Title = "A migration failed on the database",
        Severity = Severity.Critical,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Migrations that a live database has begun and neither finished nor marked as rolled back, with the first line of what the server said.
            """,
        Why = """
            Prisma applies nothing more to the database until somebody has resolved it: `prisma migrate deploy` stops with `P3009`.
            """,
        Bad = """
            ```
            20260101000000_add_team   started_at set, finished_at NULL
            ```
            """,
        Good = """
            ```
            prisma migrate resolve --rolled-back 20260101000000_add_team
            ```
            """,
        Fix = "Mend the database, then run `prisma migrate resolve --applied` or `--rolled-back` for it.",
        WhenOff = "Never: nothing can be deployed as long as it stands.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var failed in (project.Status?.Migrations ?? []).Where(m => m.State == MigrationState.Failed))
        {
            sink.Report(new Observation
            {
                Title = $"The migration {failed.Name} failed on the database",
                Message = failed.Log is { } log ? $"It began and did not come to its end. The server said: {log}" : "It began and did not come to its end.",
                Impact = "prisma migrate deploy stops with P3009: nothing can be applied to this database.",
                Recommendation = "See what of it is in the database, mend that, then run prisma migrate resolve --applied or --rolled-back for it.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, failed.Name),
                Locations = failed.Location is { } place ? [new FindingLocation(LocationRole.Migration, place)] : [],
            });
        }
    }
}
