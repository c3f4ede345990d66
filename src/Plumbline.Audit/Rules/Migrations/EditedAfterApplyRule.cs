using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Audit.Status;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations whose script is not the one that was applied to the live database.</summary>
internal sealed class EditedAfterApplyRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/edited-after-apply",
        Title = "A migration was edited after it was applied",
        Severity = Severity.High,
        Needs = [RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Migrations whose script has a different checksum than the one in `_prisma_migrations` of a live database. Line endings are ignored. Where
            the database differs from what the script now says, the differences are listed here and nowhere else.
            """,
        Why = """
            The database was built by a different script than the one in the repository, so two databases with the same history differ. `prisma
            migrate dev` asks to reset the database.
            """,
        Bad = """
            ```
            20251201000000_add_coupons   checksum differs: a column was added to its CREATE TABLE
            ```
            """,
        Good = """
            ```
            20260101000000_add_coupon_code   a migration of its own for the column
            ```
            """,
        Fix = "Revert the edit, and make the change in a new migration.",
        WhenOff = "When scripts were edited on purpose and all databases were updated to match.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        foreach (var edited in (project.Status?.Migrations ?? []).Where(m => m.State == MigrationState.Edited))
        {
            string[] differences = [.. (project.LiveDrift?.ByEditedMigration[edited.Name] ?? []).Select(change => LiveDriftText.Of(change, isAgainstSchema: false, project.NextMigration).Title)];
            sink.Report(new Observation
            {
                Title = $"The migration {edited.Name} was edited after it was applied",
                Message = differences.Length == 0
                    ? "Its checksum differs from the one in _prisma_migrations. No difference between the database and the edited script was found."
                    : $"Its checksum differs from the one in _prisma_migrations. The database differs from the edited script: {string.Join("; ", differences)}.",
                Impact = "Databases with the same history differ, and prisma migrate dev asks to reset those that were built before the edit.",
                Recommendation = "Revert the edit, and make the change in a new migration.",
                Project = project.Name,
                Subject = new Subject(SubjectKind.Migration, edited.Name),
                Locations = edited.Location is { } place ? [new FindingLocation(LocationRole.Migration, place)] : [],
            });
        }
    }
}
