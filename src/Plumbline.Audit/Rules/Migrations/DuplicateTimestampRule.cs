using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Two migrations whose names begin with the same timestamp: their order hangs on the rest of the name.</summary>
internal sealed class DuplicateTimestampRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/duplicate-timestamp",
        Title = "Two migrations have the same timestamp",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = "Migration folders whose names begin with the same fourteen digits, unless their names end in numbers that give the order. All of them are one finding.",
        Why = "Prisma runs migrations in the order of their names. With equal timestamps the text behind them decides, which nobody chose: a copied folder, or two branches that were merged, run in an order that was never tried.",
        Bad = """
            ```
            migrations/20250101120000_add_users/
            migrations/20250101120000_add_user_index/
            ```
            """,
        Good = """
            ```
            migrations/20250101120000_add_users/
            migrations/20250101120100_add_user_index/
            ```
            """,
        Fix = "Give the later migration a later timestamp, where it has not been applied anywhere yet. Where it has been, leave the names: Prisma knows applied migrations by them.",
        WhenOff = "When the order of the migrations concerned does not matter and they are applied everywhere.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        MigrationFolder[][] groups =
        [
            .. (project.Project.History?.Migrations ?? [])
                .Where(m => m.Timestamp is not null)
                .GroupBy(m => m.Timestamp)
                .Select(g => g.ToArray())
                .Where(g => g.Length > 1 && !IsNumbered(g)),
        ];
        if (groups.Length == 0)
            return;

        MigrationFolder[] all = [.. groups.SelectMany(g => g)];
        sink.Report(new Observation
        {
            Title = groups.Length == 1
                ? $"{all.Length} migrations have the timestamp {all[0].Timestamp}"
                : $"{all.Length} migrations share {groups.Length} timestamps",
            Message = $"These migrations begin with the same timestamp and run in the order of the rest of their names: {string.Join("; ", groups.Select(g => string.Join(", ", g.Select(m => m.Name))))}.",
            Impact = "The order in which they run was chosen by the alphabet, not by their authors.",
            Recommendation =
                "Give the later one a later timestamp if it is not applied anywhere yet; else leave the names and make sure that the order does no harm.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, all[0].Name),
            Locations = [.. all.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
        });
    }

    // ..._01, ..._02: whoever numbered them chose the order.
    private static bool IsNumbered(MigrationFolder[] same) => same.All(m => char.IsAsciiDigit(m.Name[^1]));
}
