using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that started on the live database and did not finish.</summary>
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
            Migrations that started on a live database and are neither finished nor marked as rolled back, with the first line of the server's error.
            """,
        Why = """
            Prisma applies no further migrations until the failed one is resolved: `prisma migrate deploy` stops with `P3009`.
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
        Fix = "Repair the database, then run `prisma migrate resolve` with `--applied` or `--rolled-back`.",
        WhenOff = "Never: no migration can be deployed until the failed one is resolved.",
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
                Message = failed.Log is { } log ? $"It started and did not finish. The server reported: {log}" : "It started and did not finish.",
                Impact = "prisma migrate deploy stops with P3009 and applies nothing to this database.",
                Recommendation = "Check which of its statements took effect, repair the database, then run prisma migrate resolve with --applied or --rolled-back.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, failed.Name),
                Locations = failed.Location is { } place ? [new FindingLocation(LocationRole.Migration, place)] : [],
            });
        }
    }
}
