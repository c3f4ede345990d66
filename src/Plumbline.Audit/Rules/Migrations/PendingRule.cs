using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;
using Plumbline.Schema.Text;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations that the live database does not have yet.</summary>
internal sealed class PendingRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/pending",
        Title = "Migrations are not applied to the database",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Migrations of the repository that `_prisma_migrations` of a live database does not list, or that were rolled back there. All of them are
            one finding. Rules about locks and data loss treat them as not yet applied.
            """,
        Why = """
            The client that is generated from the schema already uses what they create. Queries fail with `P2021` or `P2022` until they are applied.
            """,
        Bad = """
            ```
            20260101000000_add_team   in the repository, not in _prisma_migrations
            ```
            """,
        Good = """
            ```
            20260101000000_add_team   applied
            ```
            """,
        Fix = "Run `prisma migrate deploy` before the code that needs them is released.",
        WhenOff = "When migrations are merged long before they are applied.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Status is not { NeedsBaseline: false } status)
            return;

        MigrationStanding[] pending = [.. status.Migrations.Where(m => m.State is MigrationState.Pending or MigrationState.RolledBack)];
        if (pending.Length == 0)
            return;

        sink.Report(new Observation
        {
            Title = pending.Length == 1 ? $"The migration {pending[0].Name} is not applied to the database" : $"{pending.Length} migrations are not applied to the database",
            Message = status.Next,
            Impact = "Code that already uses what they create fails on this database.",
            Recommendation = "Run prisma migrate deploy before the code that needs them is released.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, pending[0].Name),
            Locations = [.. pending.Select(m => m.Location).OfType<SourceLocation>().Select(place => new FindingLocation(LocationRole.Migration, place))],
        });
    }
}
