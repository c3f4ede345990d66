using System.Globalization;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>The server's version no longer gets fixes.</summary>
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
        Title = "The server's PostgreSQL version is no longer supported",
        Severity = Severity.Low,
        Needs = [RuleNeed.Database],
        What = """
            The major version of a live server, compared with the final release dates on <https://www.postgresql.org/support/versioning/>, on the day
            of the audit.
            """,
        Why = """
            Security and data corruption bugs that are found after the final release are not fixed. Hosting platforms may charge more for such versions,
            or upgrade them on their own schedule.
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
        Fix = "Plan the upgrade to a newer major version with `pg_upgrade` or the platform's tool, and test it on a copy first.",
        WhenOff = "When a vendor maintains that version for you.",
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
            Title = $"PostgreSQL {server.Major} is no longer supported",
            Message = string.Create(CultureInfo.InvariantCulture, $"The server of the database {server.Database} is PostgreSQL {server.Version}; the final release of its major version was due on {final:yyyy-MM-dd}."),
            Impact = "Security and data corruption bugs that are found after that date are not fixed.",
            Recommendation = "Plan the upgrade to a newer major version, and test it on a copy first.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Database, server.Database),
            Effort = Effort.Large,
        });
    }
}
