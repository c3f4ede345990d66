using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Workspace.Migrations;
using Plumbline.PostgreSql.Replay;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>Migrations whose names start with the same timestamp, so that the rest of the name decides their order.</summary>
internal sealed class DuplicateTimestampRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/duplicate-timestamp",
        Title = "Migrations share a timestamp",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Migrations],
        What = """
            Migration folders whose names start with the same fourteen digits, unless their names end in numbers that define the order. The history is replayed with the order of such
            migrations reversed: where the result differs, each group is one finding; where it is the same, all of them are one finding of severity low.
            """,
        Why = "Prisma runs migrations in the order of their names. When timestamps are equal, the rest of the name decides. Nobody chose that order: two merged branches or a copied folder run in an order that was never tested.",
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
        Fix = "Give the later migration a later timestamp if it has not been applied anywhere. If it has been applied, keep the names: Prisma identifies applied migrations by them.",
        WhenOff = "When the order of these migrations does not matter and they are applied everywhere.",
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
        if (groups.Length == 0 || project.AsItIs is not { } asItIs)
            return;

        // Mostly no order matters, and one replay shows it for all.
        var harmless = new List<MigrationFolder[]>();
        if (DifferenceOf(asItIs, groups) is null)
        {
            harmless.AddRange(groups);
        }
        else
        {
            foreach (var group in groups)
            {
                if (DifferenceOf(asItIs, [group]) is { } difference)
                    sink.Report(Draft(project, [group], Severity.Medium, $"The order matters: {difference}."));
                else
                    harmless.Add(group);
            }
        }

        if (harmless.Count > 0)
            sink.Report(Draft(project, [.. harmless], Severity.Low, "A replay in the opposite order gives the same database."));
    }

    private static Observation Draft(ProjectFacts project, MigrationFolder[][] groups, Severity severity, string order)
    {
        MigrationFolder[] all = [.. groups.SelectMany(g => g)];
        return new Observation
        {
            Severity = severity,
            Title = groups.Length == 1
                ? $"{string.Join(" and ", all.Select(m => m.Name))} share a timestamp" + (severity == Severity.Medium ? ", and their order matters" : "")
                : $"{all.Length} migrations share {groups.Length} timestamps",
            Message = (groups.Length == 1 ? "" : $"They run in the order of the rest of their names: {string.Join("; ", groups.Select(g => string.Join(", ", g.Select(m => m.Name))))}. ") + order,
            Impact = severity == Severity.Medium
                ? "The migrations work only because their names happen to sort this way."
                : "The rest of the name decides the order in which they run.",
            Recommendation = severity == Severity.Medium
                ? "If the later one is not applied anywhere yet, give it a later timestamp. Otherwise keep the names."
                : "Keep the names where the migrations are applied. Give new migrations timestamps of their own.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, all[0].Name),
            Locations = [.. all.Select(m => new FindingLocation(LocationRole.Migration, m.Place))],
            Discriminator = severity == Severity.Medium ? string.Join(' ', all.Select(m => m.Name)) : "",
        };
    }

    // What is different where each group runs in the opposite order; null where nothing is.
    private static string? DifferenceOf(ReplayResult asItIs, MigrationFolder[][] groups)
    {
        var order = asItIs.Migrations.ToArray();
        foreach (var group in groups)
        {
            var names = group.Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
            int[] places = [.. Enumerable.Range(0, order.Length).Where(i => names.Contains(order[i].Name))];
            MigrationSource[] reversed = [.. places.Reverse().Select(i => order[i])];
            for (var i = 0; i < places.Length; i++)
                order[places[i]] = reversed[i];
        }

        var other = MigrationReplay.Run(order, asItIs.Options);
        if (other.RefusedCount != asItIs.RefusedCount)
        {
            var worse = other.RefusedCount > asItIs.RefusedCount ? other : asItIs;
            var refused = worse.Outcomes.First(o => o.Kind == OutcomeKind.Refused);
            return $"{(worse == other ? "in the opposite order" : "in this order")} {worse.Migrations[refused.Migration].Name} fails with {refused.Error!.SqlState}, {refused.Error.Message}";
        }

        return SchemaComparer.Compare(asItIs.Schema, other.Schema).Changes is [var change, ..] ? $"in the opposite order {change.Subject} is different" : null;
    }

    // ..._01, ..._02: whoever numbered them chose the order.
    private static bool IsNumbered(MigrationFolder[] same) => same.All(m => char.IsAsciiDigit(m.Name[^1]));
}
