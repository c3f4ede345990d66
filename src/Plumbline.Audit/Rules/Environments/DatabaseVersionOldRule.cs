using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The server's version gets no fixes any more.</summary>
internal sealed class DatabaseVersionOldRule : Rule
{
    // https://www.postgresql.org/support/versioning/, "Releases", column "Final Release", of 10, 11, 12 and so on.
    private const int FirstListed = 10;

    private static readonly DateOnly[] FinalReleases =
    [
        new(2022, 11, 10), new(2023, 11, 9), new(2024, 11, 21), new(2025, 11, 13), new(2026, 11, 12), new(2027, 11, 11), new(2028, 11, 9), new(2029, 11, 8), new(2030, 11, 14),
    ];

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/database-version-old",
        Title = "The server's version of PostgreSQL gets no fixes any more",
        Severity = Severity.Low,
        Needs = [RuleNeed.Database],
        What = """
            The major version of a live server held against the dates of final releases on <https://www.postgresql.org/support/versioning/>, on the day of the audit.
            """,
        Why = """
            Security holes and data corruption that are found after the final release stay open. Hosting platforms raise their prices for it, or update at a time of theirs.
            """,
        Bad = """
            ```
            PostgreSQL 12.22   final release on 2024-11-21
            ```
            """,
        Good = """
            ```
            PostgreSQL 17.6
            ```
            """,
        Fix = "Plan the update to a newer major version: `pg_upgrade`, or what the platform offers, tried on a copy first.",
        WhenOff = "When somebody else maintains that version for you.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        var server = live.Snapshot.Server;
        if (live.Snapshot.Statistics is not { } statistics || server.Major >= FirstListed + FinalReleases.Length)
            return;

        var final = FinalReleases[Math.Max(0, server.Major - FirstListed)];
        if (DateOnly.FromDateTime(statistics.TakenAt.UtcDateTime) <= final)
            return;

        sink.Report(new Observation
        {
            Title = $"PostgreSQL {server.Major} gets no fixes any more",
            Message = string.Create(CultureInfo.InvariantCulture, $"The server of the database {server.Database} is PostgreSQL {server.Version}; the final release of its major version was due on {final:yyyy-MM-dd}."),
            Impact = "Security holes and errors that are found since then stay open.",
            Recommendation = "Plan the update to a newer major version, and try it on a copy first.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Database, server.Database),
            Effort = Effort.Large,
        });
    }
}
