using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Migrations;

/// <summary>The lock file names a different provider than the schema.</summary>
internal sealed class LockProviderRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "migration/lock-provider",
        Title = "migration_lock.toml names a different provider than the schema",
        Severity = Severity.High,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "A `migration_lock.toml` whose provider is not that of the schema's `datasource`. `postgres` and `postgresql` are the same.",
        Why = "Prisma refuses to run migrations whose lock file names a different provider (error P3019). This happens when a project moves from one database to another and keeps its migrations.",
        Bad = """
            ```
            # migrations/migration_lock.toml
            provider = "sqlite"
            ```
            """,
        Good = """
            ```
            # migrations/migration_lock.toml
            provider = "postgresql"
            ```
            """,
        Fix = "Check that the migrations are written for PostgreSQL, then correct the provider.",
        WhenOff = "Never: Prisma stops with this error.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnProject(Check);

    private static void Check(ProjectFacts project, ObservationSink sink)
    {
        if (project.Project is not { Provider: { } provider, ProviderLocation: { } place, History.Lock: { Provider: { } locked } @lock } ||
            Canonical(provider) == Canonical(locked))
            return;

        sink.Report(new Observation
        {
            Title = $"{@lock.File.Path} names the provider {locked}, but the schema names {provider}",
            Message = $"Prisma compares the two before it runs a migration.",
            Impact = "prisma migrate stops with error P3019.",
            Recommendation = "Check that the migrations are written for PostgreSQL, then correct the lock file.",
            Project = project.Name,
            Subject = new Subject(SubjectKind.File, @lock.File.Path),
            Locations = [new FindingLocation(LocationRole.Configuration, @lock.Location), new FindingLocation(LocationRole.Schema, place)],
        });
    }

    private static string Canonical(string provider) => provider == "postgres" ? "postgresql" : provider;
}
