using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
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
            Migration folders whose names start with the same fourteen digits, unless their names end in numbers that define the order. Each group is also replayed in the opposite
            order. If a statement then fails, or an object differs after the group, the group gets its own finding. All other groups share one finding of severity low.
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
        if (project.AsItIs is not { Reversals.IsEmpty: false } replay)
            return;

        foreach (var reversal in replay.Reversals.Where(r => r.Matters))
            sink.Report(Draft(project, replay, [reversal], Severity.Medium, $"The order matters: {WhatDiffers(replay, reversal)}."));

        if (replay.Reversals.Where(r => !r.Matters).ToArray() is { Length: > 0 } harmless)
            sink.Report(Draft(project, replay, harmless, Severity.Low, "In the opposite order they create the same database."));
    }

    private static string WhatDiffers(ReplayResult replay, MigrationReversal reversal) => reversal switch
    {
        { Refused: { } refused } =>
            $"{(reversal.IsRefusedInOppositeOrder ? "in the opposite order" : "in this order")} {replay.Migrations[refused.Migration].Name} fails with {refused.Error!.SqlState}, {refused.Error.Message}",
        _ => $"in the opposite order, {reversal.Different} is different afterwards",
    };

    private static Observation Draft(ProjectFacts project, ReplayResult replay, MigrationReversal[] reversals, Severity severity, string order)
    {
        string[][] groups = [.. reversals.Select(r => replay.Migrations.Slice(r.Group.First, r.Group.Count).Select(m => m.Name).ToArray())];
        string[] all = [.. groups.SelectMany(g => g)];
        var places = project.Project.History!.Migrations.ToDictionary(m => m.Name, m => m.Place);
        return new Observation
        {
            Severity = severity,
            Title = groups.Length == 1
                ? $"{string.Join(" and ", all)} share a timestamp" + (severity == Severity.Medium ? ", and their order matters" : "")
                : $"{all.Length} migrations share {groups.Length} timestamps",
            Message = (groups.Length == 1 ? "" : $"They run in this order: {string.Join("; ", groups.Select(g => string.Join(", ", g)))}. ") + order,
            Impact = severity == Severity.Medium
                ? "The migrations work only because their names happen to sort this way."
                : "The rest of the name decides the order in which they run.",
            Recommendation = severity == Severity.Medium
                ? "If the later one is not applied anywhere yet, give it a later timestamp. Otherwise keep the names."
                : "Keep the names where the migrations are applied. Give new migrations timestamps of their own.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.Migration, all[0]),
            Locations = [.. all.Select(name => new FindingLocation(LocationRole.Migration, places[name]))],
            Discriminator = severity == Severity.Medium ? string.Join(' ', all) : "",
        };
    }
}
