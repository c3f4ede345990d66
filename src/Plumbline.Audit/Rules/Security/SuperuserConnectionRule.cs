using Plumbline.Audit.Configuration;
using Plumbline.Audit.Connections;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Security;

/// <summary>The URL logs in as a superuser.</summary>
internal sealed class SuperuserConnectionRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "security/superuser-connection",
        Title = "The database is used as a superuser",
        Severity = Severity.Medium,
        Needs = [RuleNeed.Database],
        What = """
            The role of the URL is a superuser of the server. On a server of a developer's own, on the same machine, that is only told for information.
            """,
        Why = """
            A superuser passes every privilege and every row-level security policy, may read files of the server and run programs on it. Whoever finds one place for
            SQL injection then has the whole server.
            """,
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
        Fix = "Make a role for the application that owns the database or has the privileges it needs, and put it into the URL.",
        WhenOff = "When plumb is run with a URL that the application does not use.",
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
            Title = $"The database {server.Database} is used as the superuser {server.Role}",
            Message = $"The role {server.Role}, which the URL logs in as, is a superuser of the server.",
            Impact = "Privileges and row-level security hold nothing back; SQL injection at one place opens the whole server.",
            Recommendation = "Make a role for the application that owns the database or has the privileges it needs, and put it into the URL.",
            Project = live.Project,
            Subject = new Subject(SubjectKind.Database, server.Database),
            Discriminator = server.Role,
        });
    }
}
