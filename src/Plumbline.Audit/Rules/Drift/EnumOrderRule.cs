using Plumbline.Audit.Configuration;
using Plumbline.Audit.Facts;
using Plumbline.Audit.Findings;
using Plumbline.Audit.Rules.Drift.Wording;
using Plumbline.Schema.Comparison;

namespace Plumbline.Audit.Rules.Drift;

/// <summary>Enums whose values stand in another order: one note for all of them.</summary>
internal sealed class EnumOrderRule : ProjectRule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new()
    {
        Name = "drift/enum-order",
        Title = "Enums whose values stand in another order in the migrations than in the schema",
        Severity = Severity.Info,
        Needs = [RuleNeed.Schema, RuleNeed.Migrations],
        What = "Enums with the same values in another order. All of a project are one finding.",
        Why = """
            PostgreSQL sorts and compares by the order in the type. `ALTER TYPE … ADD VALUE` appends, people write new values where they belong: the orders part in about
            half of all projects, and it matters only where a query sorts by the enum or compares with `<`.
            """,
        Bad = """
            ```prisma
            enum Plan {
              FREE
              TEAM
              ENTERPRISE
            }
            ```
            ```sql
            CREATE TYPE "Plan" AS ENUM ('FREE', 'ENTERPRISE');
            ALTER TYPE "Plan" ADD VALUE 'TEAM';
            ```
            """,
        Good = """
            ```sql
            CREATE TYPE "Plan" AS ENUM ('FREE', 'ENTERPRISE');
            ALTER TYPE "Plan" ADD VALUE 'TEAM' BEFORE 'ENTERPRISE';
            ```
            """,
        Fix = "Where the order matters, put the values of the schema in the database's order, or make a new type and convert the columns.",
        WhenOff = "When no query sorts or compares by an enum.",
    };

    /// <inheritdoc/>
    protected override void Check(ProjectFacts project, FindingCollector findings)
    {
        var changes = project.Drift?.Changes.Where(c => c.Kind == ChangeKind.AlterEnumOrder).ToList() ?? [];
        if (changes.Count == 0)
            return;

        var names = string.Join(", ", changes.Select(c => c.Subject.ToString()));
        findings.Add(new FindingDraft
        {
            Title = changes.Count == 1
                ? $"The values of {names} stand in another order in the migrations"
                : $"The values of {changes.Count} enums stand in another order in the migrations",
            Message = $"Schema and migrations have the same values in another order: {names}.",
            Impact = "Only queries that sort by such a column, or compare it with < or >, can tell.",
            Recommendation = "Nothing needs to be done unless a query sorts by one of these enums.",
            Project = project.Name,
            Subject = changes.Count == 1 ? changes[0].Subject : new Subject(SubjectKind.Database, project.Name),
            Expected = changes.Count == 1 ? changes[0].To : null,
            Found = changes.Count == 1 ? changes[0].From : null,
            Locations = [.. changes.SelectMany(c => DriftPlaces.Of(c)).Where(l => l.Role == LocationRole.Schema)],
        });
    }
}
