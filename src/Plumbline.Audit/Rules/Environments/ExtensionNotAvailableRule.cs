using System.Collections.Immutable;
using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.History;
using Plumbline.PostgreSql.Sql.Ast.Objects;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Environments;

/// <summary>An extension that the project needs and the server cannot install.</summary>
internal sealed class ExtensionNotAvailableRule : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "environment/extension-not-available",
        Title = "A required extension is not available on the server",
        Severity = Severity.High,
        Supersedes = ["drift/extension"],
        Needs = [RuleNeed.Schema, RuleNeed.Migrations, RuleNeed.Database],
        What = """
            Extensions that a `CREATE EXTENSION` of the migrations or `extensions` of the datasource requires, that a live database does not have
            installed and that its server cannot install (`pg_available_extensions`), or not in the required version. Extensions that a later
            migration drops, or that are created only under a condition, are ignored.
            """,
        Why = """
            `prisma migrate deploy` stops with `extension "vector" is not available` (0A000). Everything that uses its types, functions and operators
            fails.
            """,
        Bad = """
            ```sql
            CREATE EXTENSION vector;   -- on the image postgres:17
            ```
            """,
        Good = """
            ```yaml
            # docker-compose.yml
            image: pgvector/pgvector:pg17
            ```
            """,
        Fix = "Install the extension's package on the server, use an image that has it, or enable it in the platform's list of extensions.",
        WhenOff = "When the migrations will not run on this database.",
    };

    /// <inheritdoc/>
    public override void Register(RuleRegistration rule) => rule.OnDatabase(Check);

    private static void Check(LiveFacts live, ObservationSink sink)
    {
        foreach (var (name, needs) in NeedsOf(live))
        {
            if (Missing(name, needs, live) is { } missing)
                sink.Report(Draft(name, missing, needs, live));
        }
    }

    private sealed record Need(FindingLocation Place, string? Version);

    private static SortedDictionary<string, List<Need>> NeedsOf(LiveFacts live)
    {
        var needs = new SortedDictionary<string, List<Need>>(StringComparer.Ordinal);
        foreach (var project in live.Projects)
        {
            foreach (var extension in project.Prisma?.Datasource?.Extensions ?? [])
                Add(extension.DatabaseName, new Need(new FindingLocation(LocationRole.Schema, extension.Location), extension.Version));

            foreach (var statement in project.Statements.All)
            {
                if (statement.Syntax is CreateExtensionStatement create && !IsDroppedLater(create.Name.Name, statement, project.Statements))
                    Add(create.Name.Name, new Need(new FindingLocation(LocationRole.Migration, statement.LocationOf(create)), create.Version));
            }
        }

        return needs;

        void Add(string name, Need need)
        {
            if (!needs.TryGetValue(name, out List<Need>? list))
                needs.Add(name, list = []);

            list.Add(need);
        }
    }

    private static bool IsDroppedLater(string extension, MigrationStatement created, MigrationStatements statements)
    {
        foreach (var statement in statements.All.AsSpan()[(created.Position + 1)..])
        {
            if (statement.Syntax is DropStatement { Kind: SqlObjectKind.Extension } drop && drop.Objects.Any(o => o.Name?.Name == extension))
                return true;
        }

        return false;
    }

    // Of an installed extension, another version than the one that is asked for is drift. A server that lists nothing says nothing.
    private static string? Missing(string name, List<Need> needs, LiveFacts live)
    {
        if (live.Snapshot.AvailableExtensions.IsEmpty || live.Snapshot.Schema.Extensions.Any(e => e.Name == name) || name == "plpgsql")
            return null;

        if (live.Snapshot.AvailableExtensions.FirstOrDefault(e => e.Name == name) is not { } available)
            return "it is neither installed in the database nor available on the server";

        var asked = needs.Select(n => n.Version).OfType<string>().FirstOrDefault(version => !available.Versions.Contains(version));
        return asked is null ? null : $"version {asked} is required, and the server has {List(available.Versions)}";
    }

    private static string List(ImmutableArray<string> versions) =>
        versions.Length == 1 ? $"version {versions[0]} only" : $"the versions {string.Join(", ", versions)}";

    private static Observation Draft(string name, string missing, List<Need> needs, LiveFacts live) => new()
    {
        Title = $"The extension {name} is not available on the server",
        Message = $"{name} is required, and {missing} (PostgreSQL {live.Snapshot.Server.Version}).",
        Impact = "prisma migrate deploy stops where it creates the extension. Everything that uses its types, functions and operators fails.",
        Recommendation = $"Install the package of {name} on the server, use an image that has it, or enable it in the platform's list of extensions.",
        Project = live.Project,
        Subject = new Subject(SubjectKind.Extension, name),
        Locations = [.. needs.OrderByDescending(n => n.Place.Role == LocationRole.Migration).Select(n => n.Place)],
        Effort = Effort.Medium,
    };
}
