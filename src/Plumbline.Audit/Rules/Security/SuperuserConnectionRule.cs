using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Security;

/// <summary>A database URL that logs in as a superuser.</summary>
internal sealed class SuperuserConnectionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/superuser-connection",
        Title = "The database URL logs in as a superuser",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Database],
        What = "Database URLs whose role is a superuser of the server. For a server on the same machine the severity is info.",
        Why = "A superuser bypasses all privileges and row-level security, and can read the server's files and run programs on it. A single SQL injection then exposes the whole server.",
        Bad = """
            ```sh
            DATABASE_URL=postgresql://postgres:…@db.shop.dev:5432/shop
            ```
            """,
        Good = """
            ```sql
            CREATE ROLE app LOGIN PASSWORD '…';
            ALTER DATABASE shop OWNER TO app;
            ```
            """,
        Fix = "Create a role for the application that owns the database or has the privileges it needs, and use it in the URL.",
        WhenOff = "When plumb runs with a URL that the application does not use.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        var server = live.Snapshot.Server;
        if (!server.IsSuperuser)
            return;

        sink.Report(new Observation
        {
            Severity = DatabaseHosts.ReachOf(live.Database.Url) is HostReach.Local or HostReach.Socket ? Severity.Info : null,
            Title = $"The URL of the database {server.Database} logs in as the superuser {server.Role}",
            Message = "PostgreSQL checks no privileges for superusers.",
            Impact = "Privileges and row-level security do not apply; a single SQL injection exposes the whole server.",
            Recommendation = "Create a role for the application that owns the database or has the privileges it needs, and use it in the URL.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Database, server.Database),
            Discriminator = server.Role,
        });
    }
}
